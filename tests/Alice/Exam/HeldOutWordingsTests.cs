using LlmRabbitHoles.Alice.Exam;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Tests;

/// <summary>No lesson says what the exam says.</summary>
public class HeldOutWordingsTests
{
    private const double MostOfTheTurns = 0.002;
    private static readonly Corpus Small = CorpusBuilder.Build(new CorpusOptions { Scale = 0.1 });

    private static readonly HeldOutWordings Made = new(
        [
            new ExamWording("any", "Pray, which town governs {country}, friend?", "here"),
            new ExamWording("any", "And {country}?", "short"),
            new ExamWording("any", "whats {a}+{b} then", "sum"),
            new ExamWording("any", "spot {a animal} today", "article"),
        ],
        ["It was the best of times, it was the worst of times."]);

    [Theory]
    [InlineData("Pray, which town governs {country}, friend?")]
    [InlineData("pray which town governs the United Arab Emirates friend")]
    [InlineData("PRAY: WHICH TOWN GOVERNS 'SPAIN', FRIEND!")]
    [InlineData("Whats 12+7 then?")]
    [InlineData("whats twelve+twenty-one then")]
    [InlineData("Spot an owl today")]
    [InlineData("Spot owl today")]
    [InlineData("Hi Alice! Spot an owl today.")]
    [InlineData("Quick question: whats 3+4 then")]
    public void ATemplateIsFoundWithAnyValuesCaseAndPunctuation(string text) => Assert.NotNull(Made.Template(text));

    [Theory]
    [InlineData("Which town governs Spain, friend?")]
    [InlineData("Pray, which town governs, friend?")]
    [InlineData("Pray, which town governs one of all those six or seven, friend?")]
    [InlineData("And Spain?")]
    [InlineData("I have thought about it for a long while: spot an owl today")]
    [InlineData("whats this+that then")]
    public void OtherWordsAreNoTemplate(string text) => Assert.Null(Made.Template(text));

    [Fact]
    public void TurnsOfTheUserAndTheSystemCountAndTheirToolsDoNot()
    {
        const string Said = "Spot an owl today";
        Assert.True(Made.AreIn([new ChatMessage("user", "Hello"), new ChatMessage("user", Said)]));
        Assert.True(Made.AreIn([new ChatMessage("system", Said + "\nTools:\nclock(show): tells the time")]));
        Assert.False(Made.AreIn([new ChatMessage("assistant", Said)]));
    }

    [Fact]
    public void EightWordsInARowOfAParagraphAreFoundAndSevenAreNot()
    {
        Assert.True(Made.AreIn(Document.Plain("any", "He said: it was the best of TIMES; it was ... or so.")));
        Assert.False(Made.AreIn(Document.Plain("any", "He said it was the best of times it seems.")));
    }

    [Fact]
    public void NoTrainingDocumentSaysWhatTheExamSays()
    {
        var exam = new HeldOutWordings();
        Assert.DoesNotContain(Small.Train.Concat(Small.Validation), exam.AreIn);
        var (train, validation) = PreferenceBuilder.Build(new CorpusOptions());
        Assert.DoesNotContain(train.Concat(validation), pair => exam.AreIn(pair.Prompt));
    }

    /// <summary>A template that costs more is too near to what lessons must say; whoever writes exams rewords it.</summary>
    [Fact]
    public void NoTemplateCostsTheLessonsMoreThanOneTurnInFiveHundred()
    {
        var turns = Small.Train.Sum(document => document.Messages.Count(message => message.Role is "user" or "system"));
        var most = string.Join(", ", Small.LeftOut.OrderByDescending(found => found.Value).Take(20));
        TestContext.Current.SendDiagnosticMessage($"{Small.LeftOut.Values.Sum()} of {turns} turns left out, most by {most}");
        Assert.All(Small.LeftOut, found => Assert.True(
            found.Value <= MostOfTheTurns * turns, $"{found.Key} leaves {found.Value} of {turns} turns out"));
    }

    [Fact]
    public void EveryTemplateWithTwoWordsOfItsOwnFindsItself()
    {
        var (exam, random) = (new HeldOutWordings(), new Random(3));
        var lost = HeldOutWordings.Templates.Where(template =>
        {
            var slots = new Slots();
            foreach (var slot in template.SlotNames) slots[slot] = slot is "letter" ? "q" : slot is "he" or "his" ? "he" : "12";
            return exam.Template(template.Fill(slots, random)) is null;
        }).ToList();
        TestContext.Current.SendDiagnosticMessage($"{lost.Count} of {HeldOutWordings.Templates.Count()} templates find nothing");
        Assert.InRange(lost.Count, 0, HeldOutWordings.Templates.Count() / 10);
    }
}
