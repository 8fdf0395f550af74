using LlmRabbitHoles.Alice.Abilities;

namespace LlmRabbitHoles.Alice.Tests;

public class MemoryTalkTests
{
    private static readonly (World World, Wordings Wordings) Parts = (World.Alice, Wordings.All);
    private static readonly MemoryWordings Words = new(Parts.Wordings);

    public static TheoryData<string> Kinds => [.. MemoryKind.All.Select(kind => kind.Name).Distinct()];

    [Fact]
    public void FiveTimesAsManyKindsAreTrainedAsTheExamKnows() =>
        Assert.InRange(MemoryKind.All.DistinctBy(kind => (kind.Name, kind.Near, kind.Value.Method)).Count(), 85, 200);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void WhatIsToldHoldsTheValueAndTheAnswerCopiesIt(string kind)
    {
        var random = new Random(1);
        for (var n = 0; n < 200; n++)
        {
            var memory = Drawn(kind, random);
            Assert.Contains(memory.Value, Words.Tell(memory, random), StringComparison.OrdinalIgnoreCase);
            var (question, answer) = Words.Ask(memory, random);
            Assert.False(HeldOut.Is(question));
            // Only the first letter of the answer may be larger than it was typed.
            Assert.Contains(memory.Value[1..], answer, StringComparison.Ordinal);
            Assert.True(answer.HasWords(memory.Value), answer);
            Assert.DoesNotMatch(@"[{}<>\[\]|]|  ", question);
            var changed = MemoryWordings.Changed(memory, random);
            Assert.Contains(changed.Value, Words.Correct(memory, changed, n % 2 == 0, random), StringComparison.OrdinalIgnoreCase);
            if (Words.CanBeAskedBack(memory))
                Assert.Contains(memory.Value, Words.AskBack(memory, random), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryKindIsAskedForInOverAThousandWordings(string kind)
    {
        var random = new Random(2);
        var memory = Drawn(kind, random) with { Value = "Value", Typing = Typing.Usual };
        Assert.True(Enumerable.Range(0, 5000).Select(_ => Words.Ask(memory, random).Question).Distinct().Count() > 1500);
        Assert.True(Enumerable.Range(0, 5000).Select(_ => Words.Tell(memory, random)).Distinct().Count() > 800);
    }

    [Fact]
    public void AThirdOfTheQuestionsAskForWhatNobodyTold()
    {
        var (talks, random) = (new MemoryTalks(Parts.World, Parts.Wordings), new Random(3));
        var exchanges = Enumerable.Range(0, 2000).Select(_ => talks.Exchange(random)).ToArray();
        Assert.InRange(exchanges.Count(exchange => exchange.Answer == Recollection.NotTold), 580, 760);
    }

    [Fact]
    public void OneExchangeHoldsWhatItsAnswerSays()
    {
        var (talks, random) = (new MemoryTalks(Parts.World, Parts.Wordings), new Random(4));
        foreach (var (question, answer) in Enumerable.Range(0, 1000).Select(_ => talks.Exchange(random)))
        {
            Assert.True(answer == Recollection.NotTold || IsSaid(answer, question), $"{question} => {answer}");
        }
    }

    [Fact]
    public void ALongTalkHasTheLengthAskedForAndAnswersFromWhatWasSaid()
    {
        var (source, random) = (new LongRecollections(Parts.World, Parts.Wordings), new Random(5));
        for (var n = 0; n < 200; n++)
        {
            var wanted = 1000 + 10 * n;
            var messages = source.Next(random, wanted).Messages;
            Assert.InRange(messages.Sum(message => message.Content.Length), wanted, wanted + 1500);
            var told = string.Join(
                '\n', messages.SkipLast(1).Where(message => message.Role != "assistant").Select(message => message.Content));
            Assert.True(messages[^1].Content == Recollection.NotTold || IsSaid(messages[^1].Content, told), messages[^1].Content);
        }
    }

    // After the last of two corrections only the newest value is answered.
    [Fact]
    public void TheNewestOfTwoCorrectionsIsNeitherOfTheOldValues()
    {
        var random = new Random(6);
        for (var n = 0; n < 500; n++)
        {
            var first = MemoryWordings.Draw(random.One(MemoryKind.All), random);
            var second = MemoryWordings.Changed(first, random);
            Assert.Equal((first.Kind, first.Who), (second.Kind, second.Who));
            Assert.False(second.Value.HasWords(first.Value));
            Assert.False(Words.Answer(second).HasWords(first.Value) && !first.Who.Contains(first.Value), Words.Answer(second));
        }
    }

    [Fact]
    public void SynonymsAreNotTwoPeopleAndTwoSistersAreOne()
    {
        static Memory Of(string who) => new("age", who, "7");
        Assert.True(Memories.Excludes(Of("mum"), Of("mother")));
        Assert.True(Memories.Excludes(Of("little sister"), Of("sister")));
        Assert.False(Memories.Excludes(Of("brother"), Of("sister")));
        Assert.True(Memories.Excludes(new("home", "", "Oslo"), new("street", "", "Elm Road")));
    }

    private static Memory Drawn(string kind, Random random) =>
        MemoryWordings.Draw(random.One([.. MemoryKind.All.Where(other => other.Name == kind)]), random);

    // An answer ends with what was told or with what it was told of: "Ana lives in Oslo.", "Ben has your ladder."
    private static bool IsSaid(string answer, string told)
    {
        var words = answer.TrimEnd('.').Split(' ');
        return told.Contains(words[^1] is "old" or "holiday" ? words[^3] : words[^1], StringComparison.OrdinalIgnoreCase);
    }
}
