using LlmRabbitHoles.Alice.Exam;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Tests;

/// <summary>No lesson offers a tool of the exam or fills one of its forms.</summary>
public class HeldOutOffersTests
{
    private const int Draws = 50_000;
    private static readonly ExamTool _tool = ExamTool.All[0];
    private static readonly string[] _fields = [.. ExamForm.All[0].Fields.Select(field => field.Name)];

    [Fact]
    public void ANameIsFoundInAnyCaseWithAnyMarksBetweenItsWords()
    {
        var words = _tool.Name.Split('_');
        Assert.Equal(2, words.Length);
        Assert.All(
            [
                _tool.Name, _tool.Name.ToUpperInvariant(), string.Concat(words), string.Join('-', words),
                words[0] + English.Capitalized(words[1]),
            ],
            name => Assert.True(HeldOutOffers.HasName(name), name));
        Assert.False(HeldOutOffers.HasName(words[0]));
        Assert.False(HeldOutOffers.HasName(_tool.Name + "s"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("; x is the person", true)]
    [InlineData(", x: person", true)]
    [InlineData(" (x: person)", true)]
    [InlineData(" by bike", false)]
    public void ADescriptionIsFoundWhateverExplainsItsParameters(string behind, bool isFound) =>
        Assert.Equal(isFound, HeldOutOffers.HasDescription(English.Capitalized(_tool.Description) + behind));

    [Fact]
    public void AChatThatOffersSuchAToolIsLeftOut()
    {
        Assert.True(AreIn(Offer(_tool)));
        Assert.True(AreIn(Offer(_tool with { Name = "vako" })));
        Assert.True(AreIn(Offer(_tool with { Description = "does anything" })));
        Assert.False(AreIn(Offer(_tool with { Name = "vako", Description = "does anything" })));
    }

    [Fact]
    public void FormsAreTheSameWithTheSameFieldsInAnyOrder()
    {
        Assert.True(AreIn(new ChatMessage("assistant", Filled(_fields))));
        Assert.True(AreIn(new ChatMessage("assistant", Filled(_fields.Reverse()).ToUpperInvariant())));
        Assert.False(AreIn(new ChatMessage("assistant", Filled(_fields[1..]))));
        Assert.False(AreIn(new ChatMessage("assistant", Filled([.. _fields, "price"]))));
        Assert.True(new HeldOutWordings([], []).AreIn(Document.Plain("any", $"Fill it:\n{Filled(_fields)}")));
    }

    [Fact]
    public void NoToolThatLessonsDrawHasANameOrADescriptionOfTheExam()
    {
        var random = new Random(11);
        for (var draws = 0; draws < Draws; draws++)
        {
            var tool = NewTools.Draw(random.One(ToolAction.All), [], random).Tool;
            Assert.False(HeldOutOffers.HasName(tool.Name), tool.Name);
            Assert.False(HeldOutOffers.HasDescription(tool.Description), tool.Description);
        }
    }

    [Fact]
    public void NoFormThatLessonsDrawHasTheFieldsOfAFormOfTheExam()
    {
        var (random, chats, names) = (new Random(12), new JsonChats(World.Alice, Wordings.All), new HashSet<string>());
        for (var draws = 0; draws < Draws; draws++)
        {
            string[] fields = [.. chats.Draw(random).Form.Fields.Select(field => field.Name)];
            Assert.False(HeldOutOffers.HasFields(fields), string.Join(", ", fields));
            names.UnionWith(fields.Select(name => name.ToLowerInvariant()));
        }
        string[] asked = [.. ExamForm.All.SelectMany(form => form.Fields.Select(field => field.Name)).Distinct()];
        TestContext.Current.SendDiagnosticMessage($"lessons name {asked.Count(names.Contains)} of {asked.Length} fields of the exam");
    }

    private static bool AreIn(ChatMessage message) => new HeldOutWordings([], []).AreIn([message]);

    private static ChatMessage Offer(ExamTool tool) => new("system", AliceFormat.SystemText("You are Alice.", [tool]));

    private static string Filled(IEnumerable<string> fields) => $"{{{string.Join(", ", fields.Select(name => $"\"{name}\": \"x\""))}}}";
}
