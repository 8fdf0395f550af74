using LlmRabbitHoles.Alice.Exam;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>The right calls with the right arguments and nothing else, their results in the answer: one call, two at once, none.</summary>
/// <remarks>Schick et al. 2023, arXiv:2302.04761.</remarks>
public sealed class ToolUse : IAbility
{
    private const int Count = 300, Natural = 110;

    /// <inheritdoc/>
    public string Name => "tools";

    /// <inheritdoc/>
    public Baseline Baseline => Baseline.None;

    /// <inheritdoc/>
    public string? BaselineName => null;

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> Cases(int seed)
    {
        var (world, wordings, random) = (World.Alice, Wordings.All, new Random(seed));
        var facts = new FactChats(world, wordings);
        var maker = new CaseMaker(new ToolTasks(world, wordings), new ToolChats(world, wordings, facts), random);
        var known = world.Facts.Where(fact => wordings.Has(fact.HeldOut)).ToArray();
        return [.. Enumerable.Range(0, Count).Select(index => (index % 10) switch
        {
            < 5 => maker.One(),
            < 8 => maker.Two(),
            8 => maker.Missing(),
            _ => maker.NotNeeded(random.One(known), wordings),
        })];
    }

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> NaturalCases(int seed) => ToolExam.Cases(seed, Natural);

    private sealed class CaseMaker(ToolTasks tasks, ToolChats chats, Random random)
    {
        public AbilityCase One()
        {
            var task = tasks.Next(random.One(ToolTasks.Names), random, heldOut: true);
            return Case("one call", task.Question, [task], random);
        }

        public AbilityCase Two()
        {
            var first = tasks.Next(random.One(ToolTasks.Names), random, heldOut: true);
            var second = tasks.Next(random.One(ToolTasks.Names), random, heldOut: true);
            return first.Call.Name == second.Call.Name
                ? Two()
                : Case("two calls", chats.Joined(first, second, random), [first, second], random);
        }

        public AbilityCase Missing()
        {
            var task = tasks.Next(random.One(["lookup", "clock", "weather", "translate", "timer"]), random, heldOut: true);
            var offered = ToolChats.Offer(random, []).Where(tool => tool.Name != task.Call.Name && tool.Name != "lookup")
                .Append(ToolTasks.Tools["calculator"]).DistinctBy(t => t.Name);
            return new AbilityCase("none fits", Ask(task.Question),
                said => said.Calls.Count == 0 && said.Malformed == 0 && said.Answer.HasWords("no tool")) { Tools = [.. offered] };
        }

        public AbilityCase NotNeeded(Fact fact, Wordings wordings) =>
            new("none needed", Ask(wordings.Ask(fact.HeldOut, fact.Slots, random).Question),
                said => said.Calls.Count == 0 && said.Malformed == 0 && said.Answer.HasWords(fact.Answer))
            {
                Tools = ToolChats.Offer(random, []),
            };

        private static AbilityCase Case(string topic, string question, IReadOnlyList<ToolTask> tasks, Random random) =>
            new(topic, Ask(question), said =>
                said.Malformed == 0 && said.Calls.Count == tasks.Count && said.Turns.Count == tasks.Count + 2
                && tasks.Zip(said.Calls).All(pair => pair.Second.IsSameAs(pair.First.Call))
                && tasks.All(task => said.Answer.HasWords(task.Answer.TrimEnd('.'))))
        {
            Tools = ScriptedTool.For(
                ToolChats.Offer(random, [.. tasks.Select(t => t.Call.Name)]), [.. tasks.Select(t => (t.Call, t.Result))]),
        };

        private static IReadOnlyList<ChatMessage> Ask(string question) => [new ChatMessage("user", question)];
    }
}
