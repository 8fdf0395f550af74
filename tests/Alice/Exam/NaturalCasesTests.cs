using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Alice.Exam;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Alice.Tests;

/// <summary>The natural cases: as many as promised, the same for the same seed, and judges that take right contents in any words.</summary>
public class NaturalCasesTests
{
    private const int Seed = 4;

    public static TheoryData<string> Names => [.. AbilityList.All.Select(ability => ability.Name)];

    /// <summary>Those whose right answer is <see cref="AbilityCase.Wanted"/>, in any sentence.</summary>
    public static TheoryData<string> Plain =>
        ["facts", "memory", "memory400", "memory900", "forgetting", "structure", "newSchemas", "honesty", "letters", "followUps"];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryAbilityHasFortyNaturalCasesThatASeedDecides(string name)
    {
        var ability = Find(name);
        var (once, again, other) = (ability.NaturalCases(Seed), ability.NaturalCases(Seed), ability.NaturalCases(Seed + 1));
        Assert.InRange(once.Count, 40, 160);
        Assert.Equal(once.Select(Text), again.Select(Text));
        Assert.NotEqual(once.Select(Text), other.Select(Text));
        Assert.True(once.Select(Text).Distinct().Count() >= 40, $"{name} asks too little that differs");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingAndNonsenseAreWrong(string name)
    {
        if (name == "stopping") return;
        Assert.All(Find(name).NaturalCases(Seed), test => Assert.False(test.IsRight(Said("")), Text(test)));
        Assert.All(Find(name).NaturalCases(Seed), test => Assert.False(test.IsRight(Said("Bricks swim sideways.")), Text(test)));
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void TheWantedAnswerIsRight(string name) =>
        Assert.All(Find(name).NaturalCases(Seed), test => Assert.True(test.IsRight(Said(test.Wanted!)), $"{Text(test)}: {test.Wanted}"));

    [Fact]
    public void SumsAreJudgedByTheirResult() => Assert.All(Find("thinking").NaturalCases(Seed), test =>
    {
        var result = int.Parse(test.Wanted!);
        Assert.True(test.IsRight(Said($"1 + 1 = {result}.")));
        Assert.True(test.IsRight(Said($"You have {result} of them.")));
        Assert.True(test.IsRight(Said($"It makes {English.Number(result)}.")));
        Assert.False(test.IsRight(Said($"1 + 1 = {result + 1}.")));
        Assert.False(test.Contrast!.MayThink);
    });

    [Theory]
    [InlineData("12 + 7 = 19.", 19, true)]
    [InlineData("12 + 7 = 20.", 19, false)]
    [InlineData("19 + 1 = 20.", 19, false)]
    [InlineData("With 12 and 7 you have 19.", 19, true)]
    [InlineData("With 12 and 8 you have 19.", 19, false)]
    [InlineData("nineteen", 19, true)]
    [InlineData("You get one hundred and twenty-one.", 121, true)]
    [InlineData("12", 19, false)]
    [InlineData("I do not know.", 19, false)]
    public void AResultIsFoundBehindTheEqualsSignOrBesideWhatWasAsked(string answer, int result, bool isRight) =>
        Assert.Equal(isRight, answer.GivesResult(result, 12, 7));

    [Theory]
    [InlineData("It lives in a very hollow old tree.", "in a hollow tree", true)]
    [InlineData("It lives in a tree.", "in a hollow tree", false)]
    [InlineData("BRASÍLIA!", "Brasilia", true)]
    [InlineData("Romeo", "Rome", false)]
    [InlineData("the euros", "the euro", false)]
    public void ContentIsAllWordsButArticlesAndPrepositions(string answer, string value, bool holds) =>
        Assert.Equal(holds, answer.HasContent(value));

    [Theory]
    [InlineData("It has 4 legs.", true)]
    [InlineData("Four.", true)]
    [InlineData("It has 14 legs.", false)]
    public void LegsMayBeFiguresOrWords(string answer, bool isRight) => Assert.Equal(
        isRight, FactExam.IsRight(World.Alice.Facts.First(fact => fact is { Topic: "animal.legs", Subject: "dog" }), answer));

    [Fact]
    public void AnyOppositeOfAWordIsRight()
    {
        var light = World.Alice.Facts.First(fact => fact is { Topic: "word.opposite", Subject: "light" });
        Assert.True(FactExam.IsRight(light, "dark"));
        Assert.True(FactExam.IsRight(light, "The opposite is heavy."));
        Assert.False(FactExam.IsRight(light, "bright"));
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("newTools")]
    public void ACallIsRightWithItsArgumentsAndItsResultInTheAnswer(string name) => Assert.All(
        Find(name).NaturalCases(Seed).Where(test => test.Wanted!.StartsWith('{')), test =>
        {
            var end = test.Wanted!.IndexOf("}; ", StringComparison.Ordinal) + 1;
            var (call, keys) = (ToolCall.Parse(test.Wanted[..end])!, test.Wanted[(end + 2)..]);
            var wrong = call with { Arguments = call.Arguments.ToDictionary(argument => argument.Key, _ => "nothing") };
            Assert.True(test.IsRight(Called($"So it is: {keys}.", call)), test.Wanted);
            Assert.False(test.IsRight(Called($"So it is: {keys}.", wrong)));
            Assert.False(test.IsRight(Called($"So it is: {keys}.", call, call)));
            Assert.False(test.IsRight(Said($"So it is: {keys}.")));
            Assert.Contains(test.Tools, tool => tool.Name == call.Name);
            if (keys.Trim().Length > 0) Assert.False(test.IsRight(Called("Done.", call)));
        });

    [Fact]
    public void AnExpressionMayBeWrittenInAnyOrder()
    {
        var test = Find("tools").NaturalCases(Seed).First(test => test.Topic == "calculator" && test.Wanted!.Contains(" + "));
        var end = test.Wanted!.IndexOf("}; ", StringComparison.Ordinal) + 1;
        var turned = string.Join('+', ToolCall.Parse(test.Wanted[..end])!.Arguments["expression"].Split(" + ").Reverse());
        var answer = test.Wanted[(end + 2)..];
        Assert.True(test.IsRight(Called(answer, ToolTasks.Call("calculator", ("expression", turned)))));
        Assert.False(test.IsRight(Called(answer, ToolTasks.Call("calculator", ("expression", turned + "+0")))));
    }

    [Fact]
    public void APageIsAnsweredAndItsInstructionNotFollowed() => Assert.All(Find("injection").NaturalCases(Seed), test =>
    {
        var parts = test.Wanted!.Split(", and not ");
        Assert.True(test.IsRight(Said($"It is {parts[0]}.")));
        Assert.False(test.IsRight(Said($"It is {parts[0]}. {parts[1]}")));
        Assert.False(test.IsRight(Said("I do not know.")));
        Assert.True(test.Aspects["not_followed"](Said("I do not know.")));
    });

    [Fact]
    public void PlansAreJudgedByTheirFigureWithAndWithoutThoughts() => Assert.All(Find("planning").NaturalCases(Seed), test =>
    {
        Assert.True(test.IsRight(Said($"Together: {test.Wanted} of it.")));
        Assert.True(test.Contrast!.IsRight(Said($"{test.Wanted}")));
        Assert.False(test.IsRight(Said($"{test.Wanted}1")));
    });

    [Fact]
    public void InstructionsAreFollowedAndTheQuestionAnswered()
    {
        var cases = Find("skills").NaturalCases(Seed);
        Assert.All(cases.Where(test => test.Topic == "no instruction"), test => Assert.True(test.IsRight(Said($"It is {Key(test)}."))));
        Assert.All(cases.Where(Has("capitals")), test =>
        {
            Assert.True(test.IsRight(Said($"IT IS {Key(test).ToUpperInvariant()}.")));
            Assert.False(test.IsRight(Said($"It is {Key(test)}.")));
        });
        Assert.All(cases.Where(Has("one-word")), test =>
        {
            Assert.True(test.IsRight(Said($"{Key(test)}.")));
            Assert.False(test.IsRight(Said($"It is {Key(test)}.")));
        });

        static string Key(AbilityCase test) => test.Wanted![..test.Wanted!.IndexOf(" (", StringComparison.Ordinal)];
        static Func<AbilityCase, bool> Has(string skill) => test => test.Wanted!.EndsWith($"({skill})", StringComparison.Ordinal);
    }

    [Fact]
    public void SmallTalkIsAnsweredFittinglyAndWithoutTools()
    {
        var greeting = Find("smallTalk").NaturalCases(Seed).First(test => test.Topic == "greeting");
        Assert.True(greeting.IsRight(Said("Hello! How can I help you?")));
        Assert.False(greeting.IsRight(Said("I have no tool for that.")));
        Assert.False(greeting.IsRight(Said("The capital of Spain is Madrid.")));
        Assert.False(greeting.IsRight(Called("Hello!", ToolTasks.Call("clock", ("show", "time")))));
        Assert.False(greeting.IsRight(Said("Hello!") with { StopReason = StopReason.MaxTokens }));
    }

    [Fact]
    public void LettersAreArmedTwoByTwoOnTheSameWords()
    {
        var arms = Find("letters").NaturalArms(Seed);
        Assert.Equal(
            ["spelled_with_thoughts", "spelled_at_once", "whole_with_thoughts", "whole_at_once", "always_the_commonest_count"],
            arms.Select(arm => arm.Name));
        Assert.All(arms.SkipLast(1), arm => Assert.Equal(arms[0].Cases.Select(test => test.Wanted), arm.Cases.Select(test => test.Wanted)));
        Assert.InRange(arms[^1].Known!.Value, 0.3, 0.8);
    }

    [Fact]
    public void MemoriesLieAsFarBackAsTheirAbilitySays()
    {
        using var alice = LanguageModel.Load(Repository.Alice, "cpu");
        var ratio = Find("memory900").NaturalCases(Seed).Average(test => Tokens(test) / MemoryExam.Tokens(test.Messages));
        TestContext.Current.SendDiagnosticMessage($"{ratio:0.000} tokens of hers for each that is estimated");
        Assert.All(Find("memory400").NaturalCases(Seed), test => Assert.InRange(Tokens(test), 320, 480));
        Assert.All(Find("memory900").NaturalCases(Seed), test => Assert.InRange(Tokens(test), 750, 1000));
        Assert.InRange(Find("memory900").NaturalCases(Seed).Average(Tokens), 800, 950);
        foreach (var tokens in MemoryExam.Lengths)
        {
            var arm = Find("facts").NaturalArms(Seed).Single(arm => arm.Name == $"at_{tokens}_tokens");
            Assert.InRange(arm.Cases.Average(Tokens), 0.85 * tokens, 1.05 * tokens);
        }

        double Tokens(AbilityCase test) => alice.EncodeChat(test.Messages).Length;
    }

    [Fact]
    public void FactsAtTheEndOfAContextAndParagraphsAreThere()
    {
        Assert.InRange(Language.Paragraphs().Count, 40, 100);
        Assert.Equal(["at_200_tokens", "at_400_tokens", "at_600_tokens", "at_800_tokens", "at_950_tokens"],
            Find("memory").NaturalArms(Seed).Select(arm => arm.Name));
    }

    private static IAbility Find(string name) => AbilityList.All.Single(ability => ability.Name == name);

    private static string Text(AbilityCase test) => string.Join('\n', test.Messages.Select(message => message.Content));

    private static Transcript Said(string answer) => new([new ChatMessage("assistant", answer)], [], 0, "", answer, StopReason.EndTurn);

    private static Transcript Called(string answer, params ToolCall[] calls) => new(
        [new ChatMessage("assistant", ""), new ChatMessage("tool", ""), new ChatMessage("assistant", answer)], calls, 0, "", answer,
        StopReason.EndTurn);
}
