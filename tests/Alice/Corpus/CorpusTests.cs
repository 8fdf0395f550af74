using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice.Tests;

public partial class CorpusTests
{
    private static readonly Corpus Small = CorpusBuilder.Build(new CorpusOptions { Seed = 3, Scale = 0.05 });

    [Fact]
    public void TheSameSeedGivesTheSameHashAndAnotherSeedAnother()
    {
        Assert.Equal(Small.Hash, CorpusBuilder.Build(new CorpusOptions { Seed = 3, Scale = 0.05 }).Hash);
        Assert.NotEqual(Small.Hash, CorpusBuilder.Build(new CorpusOptions { Seed = 4, Scale = 0.05 }).Hash);
    }

    [Fact]
    public void EveryCapitalIsTaught()
    {
        foreach (var country in World.Alice.Tables["country"])
        {
            Assert.Contains(Small.Train, document => document.Text.Contains(country["capital"], StringComparison.Ordinal));
        }
    }

    [Fact]
    public void AChatEndsWithTheAssistant()
    {
        var chats = Small.Train.Where(document => document.IsChat).ToArray();
        Assert.NotEmpty(chats);
        Assert.All(chats, chat => Assert.Equal("assistant", chat.Messages[^1].Role));
    }

    // {slot}, <rule>, a choice's bar (special tokens have bars beside angles, forms between blanks), the mark of a hidden answer, two
    // blanks in a row.
    [GeneratedRegex(@"\{[A-Za-z][A-Za-z ]*\}|<[a-z][a-z. -]*>|(?<![<\s])\|(?![>\s])|\u0001|  ")]
    private static partial Regex StrayMark();

    [Fact]
    public void NoTextHoldsAnOpenSlotOrAStrayMark() =>
        Assert.Empty(Small.Train.Where(document => StrayMark().IsMatch(document.Text)).Take(5));

    [Fact]
    public void ThePhasesPartPlainTextFromChats()
    {
        Assert.DoesNotContain(
            CorpusBuilder.Build(new CorpusOptions { Scale = 0.01, Phase = CorpusPhase.Base }).Train, document => document.IsChat);
        Assert.All(CorpusBuilder.Build(new CorpusOptions { Scale = 0.01, Phase = CorpusPhase.Chat }).Train, document => Assert.True(
            document.IsChat));
    }
}
