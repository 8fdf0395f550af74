using LlmRabbitHoles.Alice;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.Agents.Tests;

public class ThinkingBudgetTests
{
    private const int Open = 1, Close = 2;
    private static readonly ChatMessage[] Question = [new("user", "What is 347 + 285?")];
    private readonly LanguageModel _alice = AliceModel.Shared;

    // Tokens 3 and 4 are words. Expected: the tokens that may come next.
    [Theory]
    [InlineData(2, new[] { 3 }, new int[] { }, new[] { 0, 1, 2, 3, 4 })]
    [InlineData(2, new[] { 3 }, new[] { Open, 3 }, new[] { 0, 1, 2, 3, 4 })]
    [InlineData(2, new[] { 3 }, new[] { Open, 3, 4 }, new[] { Close })]
    [InlineData(2, new[] { Open, 3, 4, 3 }, new[] { 3 }, new[] { 0, 1, 2, 3, 4 })]    // begun in the prompt, whose tokens do not count
    [InlineData(2, new[] { Open, 3 }, new[] { 3, 4 }, new[] { Close })]
    [InlineData(2, new[] { Open, 3, Close }, new[] { 3, 4 }, new[] { 0, 1, 2, 3, 4 })]    // an earlier turn's thought
    [InlineData(2, new[] { 3 }, new[] { Open, 3, Close, 4, Open, 4 }, new[] { Close })]    // two thoughts share the budget
    [InlineData(2, new[] { 3 }, new[] { Open, 3, 4, Close, 3 }, new[] { 0, 2, 3, 4 })]    // no further thought begins
    [InlineData(0, new[] { 3 }, new[] { Open }, new[] { Close })]
    public void OnlyTheClosingMarkIsLeftWhenTheBudgetIsSpent(int budget, int[] prompt, int[] written, int[] allowed)
    {
        var logits = new float[5];
        new ThoughtLimit(new ThoughtBudget(Open, Close, budget)).Apply(logits, [.. prompt, .. written], prompt.Length);
        Assert.Equal(allowed, Enumerable.Range(0, 5).Where(id => logits[id] == 0));
    }

    [Fact]
    public void ANegativeBudgetIsRefused() => Assert.Contains(
        "must be 0 or more", Assert.Throws<ArgumentOutOfRangeException>(() => new ThoughtBudget(Open, Close, -1)).Message);

    [Theory]
    [InlineData(0), InlineData(1), InlineData(5), InlineData(12)]
    public void AliceThinksAsLongAsTheBudgetAndThenAnswers(int budget)
    {
        var free = new AgentLoop(_alice, Toolbox.Empty).Run(Question);
        var thought = _alice.Tokenizer.EncodeToIds(free.Thought);
        Assert.True(thought.Count > 12, $"She thinks {thought.Count} tokens.");

        var limited = new AgentLoop(_alice, Toolbox.Empty) { ThinkingBudget = budget }.Run(Question);

        // Greedy: the same thought, cut behind the budget's tokens.
        var written = limited.Last!.Tokens;
        Assert.Equal(AliceFormat.Think, written[0]);
        Assert.Equal(AliceFormat.ThinkEnd, written[budget + 1]);
        Assert.Equal(free.Last!.Tokens.Take(budget + 1), written.Take(budget + 1));
        Assert.NotEmpty(limited.Answer);
        Assert.Equal(StopReason.EndTurn, limited.StopReason);
    }

    [Fact]
    public void ALargeBudgetChangesNothing() => Assert.Equal(
        new AgentLoop(_alice, Toolbox.Empty).Run(Question).Turns,
        new AgentLoop(_alice, Toolbox.Empty) { ThinkingBudget = 200 }.Run(Question).Turns);
}
