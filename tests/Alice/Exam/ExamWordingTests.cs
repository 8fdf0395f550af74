using LlmRabbitHoles.Alice.Exam;

namespace LlmRabbitHoles.Alice.Tests;

public class ExamWordingTests
{
    private static readonly Random Any = new(1);

    public static TheoryData<string> Files => [.. ExamWordings.Files];

    [Theory]
    [InlineData("Capital of {country}?", "Capital of Spain?")]
    [InlineData("CAPITAL OF {country}??", "CAPITAL OF SPAIN??")]
    [InlineData("~ its {country}, Alice", "its spain, alice")]
    [InlineData("{Plural} near {a animal}", "Owls near an owl")]
    [InlineData("one\\ntwo {country}", "one\ntwo Spain")]
    [InlineData("{country}", "Spain")]
    public void ATemplateIsFilledAsItIsTyped(string source, string typed) => Assert.Equal(
        typed,
        new ExamWording("any", source, "here").Fill(new() { ["country"] = "Spain", ["plural"] = "owls", ["animal"] = "owl" }, Any));

    [Fact]
    public void ATemplateThatNamesARuleIsRefused() =>
        Assert.Contains("here", Assert.Throws<InvalidDataException>(() => new ExamWording("any", "<greeting> you", "here")).Message);

    [Fact]
    public void ATemplateBeforeAnyTopicIsRefused() => Assert.Contains(
        "data/exam/x.txt:2", Assert.Throws<InvalidDataException>(() => ExamWordings.Parse(["# x", "    lost"], "x")).Message);

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryFileHasFortyTemplatesThatDiffer(string file)
    {
        var all = ExamWordings.Read(file).All.ToList();
        Assert.True(all.Count >= 40, $"{file} has {all.Count} templates");
        Assert.Equal(all.Count, all.Select(template => (template.Topic, template.Source.ToLowerInvariant())).Distinct().Count());
    }

    [Fact]
    public void FactsAreAskedInSixtyWaysAndMore() => Assert.InRange(ExamWordings.Read("facts").All.Count(), 60, 1000);

    [Fact]
    public void EveryTopicOfFactsIsOneOfTheWorld() => Assert.Empty(
        ExamWordings.Read("facts").Topics.Except(World.Alice.Facts.Select(fact => fact.Topic)).Except(["definition"]));

    [Fact]
    public void ThereAreFortyNewToolsAndTheirRequestsFillTheirParameters()
    {
        Assert.InRange(ExamTool.All.Select(tool => tool.Name).Distinct().Count(), 40, 1000);
        Assert.Empty(ExamTool.All.Select(tool => tool.Name).Intersect(ToolTasks.Tools.Keys));
        Assert.All(ExamTool.All, tool => Assert.All(tool.Requests, request => Assert.Equal(
            tool.Parameters.Order(StringComparer.Ordinal), request.SlotNames.Order(StringComparer.Ordinal))));
        Assert.All(ExamTool.All, tool => Assert.All(tool.Parameters, name => Assert.NotEmpty(tool.Values[name])));
    }

    [Fact]
    public void ThereAreFortyNewFormsAndTheirSentencesHoldEveryField()
    {
        Assert.InRange(ExamForm.All.Select(form => form.Name).Distinct().Count(), 40, 1000);
        Assert.All(ExamForm.All, form => Assert.All(form.Sentences, sentence => Assert.Equal(
            form.Fields.Select(field => field.Name).Order(StringComparer.Ordinal), sentence.SlotNames.Order(StringComparer.Ordinal))));
        Assert.All(ExamForm.All, form => Assert.All(form.Fields, field => Assert.NotEmpty(form.Values[field.Name])));
    }
}
