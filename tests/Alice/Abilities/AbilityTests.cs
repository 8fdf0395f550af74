using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Alice.Tests;

public class AbilityTests
{
    private static readonly HashSet<string> TrainedPrompts =
        [.. CorpusBuilder.Build(new CorpusOptions { Scale = 0.05, Phase = CorpusPhase.Chat }).Train.SelectMany(Prompts)];

    public static TheoryData<string> Names => [.. Own.Select(ability => ability.Name)];

    private static IEnumerable<IAbility> Own =>
        [new Remembering(), new Forgetting(), new Skills(), new Structure(), new Honesty(), new LetterCounting()];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheSameSeedGivesTheSameCases(string name)
    {
        var ability = Find(name);
        var (once, again) = (ability.Cases(5), ability.Cases(5));
        Assert.InRange(once.Count, 200, 400);
        Assert.Equal(once.Select(Text), again.Select(Text));
        Assert.NotEqual(once.Select(Text), ability.Cases(6).Select(Text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryCaseEndsWithAQuestionThatNoEmptyAnswerMeets(string name) => Assert.All(Find(name).Cases(5), test =>
    {
        Assert.Equal("user", test.Messages[^1].Role);
        Assert.False(test.IsRight(Said("")));
        Assert.False(test.IsRight(Said("Hello! How can I help you?")));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void NoCaseIsAChatThatWasTrained(string name) => Assert.DoesNotContain(Find(name).Cases(5),
        test => TrainedPrompts.Contains(CorpusBuilder.Normalized(Text(test))));

    [Fact]
    public void MemoriesAreForgottenWhenTheirTurnsAreLeftOut()
    {
        var (told, untold) = (new Remembering().Cases(5), new Forgetting().Cases(5));
        foreach (var (one, other, recollection) in told.Zip(untold, Remembering.All(5)))
        {
            Assert.Equal(one.Messages[^1], other.Messages[^1]);
            Assert.True(one.Messages.Count > other.Messages.Count);
            Assert.True(one.IsRight(Said(recollection.Answer)));
            Assert.False(one.IsRight(Said(Recollection.NotTold)));
            Assert.True(other.IsRight(Said("I do not know.")));
            Assert.False(other.IsRight(Said(recollection.Answer)));
        }
    }

    [Fact]
    public void AnAnswerThatWasCorrectedIsWrong() => Assert.All(
        Remembering.All(5).Zip(new Remembering().Cases(5)).Where(pair => pair.First.Outdated.Length > 0),
        pair => Assert.False(pair.Second.IsRight(Said(pair.First.Outdated))));

    [Fact]
    public void HalfOfTheSkillsCombineWhatIsNeverTrained() =>
        Assert.Equal(150, new Skills().Cases(5).Count(test => test.Topic == "new combination"));

    [Fact]
    public void AWholeWordIsAskedAtOnceInContrast() => Assert.All(new LetterCounting().Cases(5), test =>
    {
        Assert.True(test.MayThink);
        Assert.False(test.Contrast!.MayThink);
        var right = Enumerable.Range(0, 10).Where(count => test.IsRight(Said($"{count}"))).ToArray();
        Assert.Single(right);
        Assert.True(test.Contrast.IsRight(Said($"{right[0]}")));
        Assert.False(test.IsRight(Said("0 or 1, 2, 3")));
    });

    [Fact]
    public void HonestyAsksForTheKnownAndTheUnknown()
    {
        var cases = new Honesty().Cases(5);
        Assert.Equal(60, cases.Count(test => test.Topic == "known"));
        Assert.All(cases, test => Assert.Equal(test.Topic != "known", test.IsRight(Said("I do not know."))));
    }

    private static IEnumerable<string> Prompts(Document chat) => Enumerable.Range(1, chat.Messages.Count - 1)
        .Where(count => chat.Messages[count].Role == "assistant")
        .Select(count => CorpusBuilder.Normalized(string.Join('\n', chat.Messages.Take(count).Select(message => message.Content))));

    private static IAbility Find(string name) => Own.Single(ability => ability.Name == name);

    private static string Text(AbilityCase test) => string.Join('\n', test.Messages.Select(message => message.Content));

    private static Transcript Said(string answer) => new([], [], 0, "", answer, StopReason.EndTurn);
}
