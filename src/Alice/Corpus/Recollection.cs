using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>A conversation in which something is told, other things are spoken of, and then it is asked for.</summary>
/// <param name="Topic">What is asked for and how it was told: "code", "corrected code".</param>
/// <param name="System">The system message; null without one.</param>
/// <param name="Turns">What was said, and whether it holds the answer.</param>
/// <param name="Question">What is asked at the end.</param>
/// <param name="Answer">What she says when she was told.</param>
/// <param name="Value">What the answer must hold.</param>
/// <param name="Outdated">What the answer must not hold, because it was corrected; empty without a correction.</param>
/// <param name="Told">All that was told.</param>
internal sealed record Recollection(
    string Topic, string? System, IReadOnlyList<(string User, string Assistant, bool Tells)> Turns, string Question, string Answer,
    string Value, string Outdated,
    IReadOnlyList<Memory> Told)
{
    /// <summary>What she says when she was not told.</summary>
    public const string NotTold = "I do not know. You have not told me.";

    /// <summary>The turns up to the question; without those that told the answer if they are forgotten.</summary>
    public List<ChatMessage> Prompt(bool forgotten)
    {
        var messages = new List<ChatMessage>();
        if (System is not null)
            messages.Add(new ChatMessage("system", System));
        foreach (var (user, assistant, tells) in Turns)
        {
            if (forgotten && tells)
                continue;
            messages.Add(new ChatMessage("user", user));
            messages.Add(new ChatMessage("assistant", assistant));
        }

        messages.Add(new ChatMessage("user", Question));
        return messages;
    }
}

/// <summary>Makes conversations that need memory.</summary>
internal sealed class Recollections(World world, Wordings wordings)
{
    private readonly Memories _memories = new(wordings);
    private readonly FactChats _facts = new(world, wordings);

    public Recollection Next(Random random, bool heldOut)
    {
        var told = Memories.Some(random, random.Chance(0.35) ? 1 : random.Next(2, 5), heldOut);
        var asked = told[0];
        if (!heldOut && told.Count > 1 && random.Chance(0.5))
            told[^1] = Memories.Beside(told, random);
        var together = told.Count > 1 && random.Chance(0.4);
        var corrected = !together && random.Chance(heldOut ? 0.12 : 0.2);
        var outdated = "";
        var turns = new List<(string, string, bool)>();
        if (together)
        {
            turns.Add(
                (string.Join(' ', random.Shuffled(told).Select(memory => _memories.Tell(memory, random))), Acknowledge(random), true));
        }
        else
        {
            foreach (var memory in random.Shuffled(told))
                turns.Add((_memories.Tell(memory, random), Acknowledge(random), memory == asked));
        }

        for (var more = Others(random, told.Count); more > 0; more--)
            turns.Insert(random.Next(turns.Count + 1), Other(random));
        if (random.Chance(0.5))
            turns.Add(Other(random));
        if (corrected)
        {
            var old = Memories.Changed(asked, random, heldOut);
            turns.Insert(random.Next(turns.FindIndex(turn => turn.Item3) + 1), (_memories.Tell(old, random), Acknowledge(random), true));
            var at = turns.FindLastIndex(turn => turn.Item3);
            turns[at] = ($"{wordings.Expand("memory.correction", [], random)} {turns[at].Item1}", turns[at].Item2, true);
            outdated = old.Value;
        }

        var (question, answer) = _memories.Ask(asked, random, heldOut);
        var topic = (corrected ? "corrected " : together ? "several at once, " : "") + asked.Kind;
        var system = random.Chance(0.25) ? wordings.Expand("system", [], random) : null;
        return new Recollection(topic, system, turns, question, answer, asked.Value, outdated, told);
    }

    /// <summary>A question about one of the things, or about something that nobody told.</summary>
    public (string Question, string Answer) AskMore(Recollection recollection, bool forgotten, Random random)
    {
        Memory[] there = [.. recollection.Told.Skip(forgotten ? 1 : 0)];
        if (there.Length > 0 && !(forgotten && recollection.Topic.StartsWith("several", StringComparison.Ordinal)) && random.Chance(0.7))
            return _memories.Ask(random.One(there), random, heldOut: false);
        while (true)
        {
            var strange = Memories.Some(random, 1, heldOut: false)[0];
            if (!recollection.Told.Any(memory => memory.Kind == strange.Kind && memory.Who == strange.Who))
                return (_memories.Ask(strange, random, heldOut: false).Question, Recollection.NotTold);
        }
    }

    // Mostly few other exchanges, sometimes none, rarely so many that the question stands far from what was told.
    private static int Others(Random random, int told) => random.NextDouble() switch
    {
        < 0.4 => 0,
        < 0.6 => 1,
        < 0.75 => 2,
        < 0.95 => random.Next(2, 6),
        _ => random.Next(12, 28) - told,
    };

    private string Acknowledge(Random random) => wordings.Expand("memory.ack", [], random);

    private (string, string, bool) Other(Random random)
    {
        var (question, answer) = random.Chance(0.75)
            ? _facts.Ask(random.One(world.Lessons), random)
            : wordings.Ask("dialogue.small-talk", [], random);
        return (question, answer, false);
    }
}
