using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Alice.Tests;

public class AbilityListTests
{
    private static readonly Lazy<IReadOnlyList<AbilityCase>> FactCases = new(() => new Facts().Cases(1));

    [Fact]
    public void TheTableHasEveryAbilityInItsOrder() => Assert.Equal(
        [
            "language", "facts", "geometry", "thinking", "tools", "newTools", "memory", "memory400", "memory900", "forgetting", "skills",
            "planning", "structure", "newSchemas", "stopping", "honesty", "injection", "letters", "followUps", "smallTalk"
        ],
        Evaluation.Names);

    [Fact]
    public void TheSameSeedGivesTheSameCasesAndAnotherSeedOthers()
    {
        Assert.All(AbilityList.All, ability => Assert.Equal(Asked(ability, 4), Asked(ability, 4)));
        Assert.All(AbilityList.All, ability => Assert.NotEqual(Asked(ability, 4), Asked(ability, 5)));
    }

    [Fact]
    public void AFactIsRightAsWholeWordsInAnyCase()
    {
        var capital = FactCases.Value.First(test => test.Topic == "country.capital");
        Assert.True(capital.IsRight(Said($"it is {capital.Wanted!.ToUpperInvariant()}.")));
        Assert.False(capital.IsRight(Said(capital.Wanted + "x")));
    }

    [Fact]
    public void StoppingAsksTheCasesOfAllAbilitiesAndAcceptsOnlyTheEndOfATurn()
    {
        var stopping = AbilityList.All[^1].Cases(1);
        Assert.Superset(
            AbilityList.All.SkipLast(1).Select(ability => ability.Name).ToHashSet(), stopping.Select(test => test.Topic).ToHashSet());
        Assert.All(stopping, test => Assert.True(test.MustEndTurn));
        Assert.All(stopping, test => Assert.True(test.IsRight(Said("anything"))));
        Assert.All(stopping, test => Assert.False(test.IsRight(Said("anything") with { StopReason = StopReason.MaxTokens })));
    }

    private static List<string> Asked(IAbility ability, int seed) =>
        [.. ability.Cases(seed).Select(test => string.Join('|', test.Messages.Select(message => message.Content)) + string.Join(
            ',', test.Tools.Select(tool => tool.Name)))];

    private static Transcript Said(string answer) => new([new ChatMessage("assistant", answer)], [], 0, "", answer, StopReason.EndTurn);
}
