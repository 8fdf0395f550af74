using LlmRabbitHoles.Alice.Abilities;

namespace LlmRabbitHoles.Alice;

/// <summary>Puts the parts of memory-kinds.txt into the frames of memory-frames.txt: thousands of ways to tell and to ask for each
/// kind.</summary>
internal sealed class MemoryWordings(Wordings wordings)
{
    /// <summary>Something of the kind, one in eight typed in small letters or in capitals.</summary>
    public static Memory Draw(MemoryKind kind, Random random)
    {
        var memory = new Memory(kind.Name, kind.Subject(random), kind.Value(random))
        {
            Typing = random.NextDouble() switch { < 0.1 => Typing.Small, < 0.13 => Typing.Capitals, _ => Typing.Usual },
        };
        return Typed(memory);
    }

    /// <summary>The same subject with another value.</summary>
    public static Memory Changed(Memory memory, Random random)
    {
        while (true)
        {
            // Kinds of one name differ by their subject: a favourite drink has other values than a favourite book.
            var kind = random.One(MemoryKind.All);
            if (kind.Name != memory.Kind || (kind.Name == "favourite" && kind.Subject(random) != memory.Who))
                continue;
            var changed = Typed(memory with { Value = kind.Value(random) });
            if (!changed.Value.HasWords(memory.Value) && !memory.Value.HasWords(changed.Value))
                return changed;
        }
    }

    /// <summary>A message that tells it.</summary>
    public string Tell(Memory memory, Random random)
    {
        var slots = MemoryKind.SlotsOf(memory);
        var text = random.Chance(0.15)
            ? Expand(memory, "say", slots, random)
            : wordings.Expand("told.tell", slots.With("tell", Expand(memory, "tell", slots, random)), random);
        return Typed(Sentences(text), memory.Typing);
    }

    /// <summary>One message that tells some things, in the order given.</summary>
    public string TellTogether(IReadOnlyList<Memory> memories, Random random)
    {
        if (memories.Count == 1)
            return Tell(memories[0], random);
        if (random.Chance(0.4))
            return string.Join(' ', memories.Select(memory => Ended(Tell(memory, random))));
        var clauses = memories.Select(memory => Expand(memory, "tell", MemoryKind.SlotsOf(memory), random)).ToArray();
        var text = clauses[0];
        foreach (var clause in clauses[1..])
        {
            var and = wordings.Expand("told.and", [], random);
            text += $"{(and[0] is ',' or '.' or ';' ? "" : " ")}{and} {clause}";
        }

        text = wordings.Expand("told.tell", new Slots { ["tell"] = text }, random);
        return Typed(
            Sentences(text), memories.All(memory => memory.Typing == memories[0].Typing) ? memories[0].Typing : Typing.Usual);
    }

    /// <summary>A sentence of a system message that tells it.</summary>
    public string TellInSystem(Memory memory, Random random)
    {
        var slots = MemoryKind.SlotsOf(memory);
        return wordings.Expand("told.system", slots.With("tell", Expand(memory, "tell", slots, random)), random);
    }

    /// <summary>A message that tells that a value was wrong or is no longer so.</summary>
    /// <param name="old">What was told.</param>
    /// <param name="changed">What is so.</param>
    /// <param name="justTold">Whether the old value was told in the message before, so that the new one alone is understood.</param>
    /// <param name="random">Draws.</param>
    public string Correct(Memory old, Memory changed, bool justTold, Random random)
    {
        var state = random.Next();
        var slots = MemoryKind.SlotsOf(changed);
        slots["short"] = Short(changed, new Random(state));
        slots["old"] = Short(old, new Random(state));
        slots["tell"] = Expand(changed, "tell", slots, random);
        slots["np"] = Expand(changed, "np", slots, random);
        var how = justTold && random.Chance(0.7) ? "bare" : "full";
        if (how == "full" && wordings.Has($"told.{changed.Kind}.update") && random.Chance(0.4))
            (how, slots["update"]) = ("update", Expand(changed, "update", slots, random));
        return Typed(Sentences(wordings.Expand($"told.correct.{how}", slots, random)), changed.Typing);
    }

    /// <summary>A question for it, never a held-out one.</summary>
    public (string Question, string Answer) Ask(Memory memory, Random random)
    {
        var slots = MemoryKind.SlotsOf(memory);
        while (true)
        {
            var gap = Expand(memory, "gap", slots, random).Split(" ~ ");
            slots["wh"] = Expand(memory, "wh", slots, random);
            slots["ind"] = string.Join(' ', gap);
            slots["said"] = $"{gap[0]} did I say {gap[1]}";
            slots["np"] = Expand(memory, "np", slots, random);
            slots["begin"] = Expand(memory, "begin", slots, random);
            var question = Sentences(wordings.Expand("told.ask", slots, random));
            if (!HeldOut.Is(question))
                return (question, Answer(memory));
        }
    }

    /// <summary>Whether it may be asked for by its value: "Who lives in Oslo?".</summary>
    public bool CanBeAskedBack(Memory memory) => wordings.Has($"told.{memory.Kind}.who");

    /// <summary>"Who lives in Oslo?"</summary>
    public string AskBack(Memory memory, Random random)
    {
        var slots = MemoryKind.SlotsOf(memory);
        slots["wh"] = Expand(memory, "who", slots, random);
        return Sentences(wordings.Expand("told.ask-who", slots, random));
    }

    /// <summary>A question for all that was told.</summary>
    public string AskForAll(Random random) => Sentences(wordings.Expand("told.all", [], random));

    /// <summary>What she says when she was told.</summary>
    public string Answer(Memory memory) =>
        English.Capitalized(wordings.Expand($"told.{memory.Kind}.answer", MemoryKind.SlotsOf(memory), new Random(0)));

    /// <summary>Every sentence with a capital, the first and those behind a full stop.</summary>
    public static string Sentences(string text)
    {
        var letters = text.ToCharArray();
        for (var at = 0; at < letters.Length; at++)
        {
            if (at == 0 || (at > 1 && letters[at - 1] == ' ' && letters[at - 2] is '.' or '!' or '?'))
                letters[at] = char.ToUpperInvariant(letters[at]);
        }

        return new string(letters);
    }

    private string Short(Memory memory, Random random) => wordings.Has($"told.{memory.Kind}.short")
        ? Expand(memory, "short", MemoryKind.SlotsOf(memory), random)
        : memory.Value;

    private string Expand(Memory memory, string part, Slots slots, Random random) =>
        wordings.Expand($"told.{memory.Kind}.{part}", slots, random);

    private static string Ended(string text) => char.IsLetterOrDigit(text[^1]) ? text + "." : text;

    private static string Typed(string text, Typing typing) => typing switch
    {
        Typing.Small => text.ToLowerInvariant(),
        Typing.Capitals => text.ToUpperInvariant(),
        _ => text,
    };

    // Relatives and things keep their case, since the answer says "your sister" whatever was typed.
    private static Memory Typed(Memory memory)
    {
        var isName = memory.Who.Length > 0 && char.IsUpper(memory.Who[0]) && !memory.Who.Contains(' ');
        return memory with
        {
            Value = Typed(memory.Value, memory.Typing),
            Who = isName ? Typed(memory.Who, memory.Typing) : memory.Who,
        };
    }
}
