namespace LlmRabbitHoles.Alice;

/// <summary>Composes questions: the parts of a topic (wordings/asking-*.txt) in the frames of all topics (frames.txt).</summary>
/// <remarks>A topic that asks for relatives has no parts of its own; it takes those of "kin", with {kin} for father or dad.</remarks>
internal sealed class QuestionFrames(Wordings wordings)
{
    // What no cell tells; two blanks, so that the question is seen to be unfit.
    private const string Missing = "  ";

    private static readonly string[] Parts = ["phrase", "clause", "asked", "terse", "its", "then", "is", "claim"];

    // How often each frame is taken, and the parts without which it cannot be.
    private static readonly (string Frame, int Weight, string[] Needs)[] Plain =
    [
        ("phrase", 30, ["phrase"]), ("clause", 26, ["clause"]), ("asked", 30, ["asked"]), ("terse", 7, ["terse"]),
        ("topic", 7, ["its", "then"]),
    ];

    /// <summary>The rule of a topic's part; null where the topic has none.</summary>
    public string? Rule(string topic, string part)
    {
        if (wordings.Has($"{topic}.{part}")) return $"{topic}.{part}";
        return IsKin(topic) && wordings.Has($"kin.{part}") ? $"kin.{part}" : null;
    }

    /// <summary>Whether it asks for a relative or a friend.</summary>
    public bool IsKin(string topic) => wordings.Has("kin." + topic[(topic.IndexOf('.') + 1)..]);

    /// <summary>A question in a frame that the topic's parts allow.</summary>
    public string Compose(string topic, Slots slots, Random random)
    {
        var filled = Fill(topic, slots, random);
        var frames = Plain.Where(frame => frame.Needs.All(filled.ContainsKey)).ToArray();
        var at = random.Next(frames.Sum(frame => frame.Weight));
        var chosen = frames.First(frame => (at -= frame.Weight) < 0);
        return Expand(chosen.Frame, filled, random);
    }

    /// <summary>A question in one frame; the topic must have the parts that the frame needs.</summary>
    public string Compose(string frame, string topic, Slots slots, Random random) => Expand(frame, Fill(topic, slots, random), random);

    /// <summary>The slots and, as further slots, every part of the topic.</summary>
    public Slots Fill(string topic, Slots slots, Random random)
    {
        var filled = new Slots(slots) { ["what"] = IsKin(topic) ? "who" : "what" };
        if (IsKin(topic))
            filled["kin"] = wordings.Expand("kin." + topic[(topic.IndexOf('.') + 1)..], [], random);
        AddPossessives(filled, random);
        foreach (var part in Parts)
        {
            if (Rule(topic, part) is { } rule && (part is not ("is" or "claim") || filled.ContainsKey("value")))
                filled[part] = wordings.Expand(rule, filled, random);
        }

        return filled;
    }

    /// <summary>A frame filled with slots that hold the parts.</summary>
    /// <remarks>A direct question that ends with a full stop is an order and has frames of its own.</remarks>
    public string Expand(string frame, Slots filled, Random random)
    {
        if (!filled.TryGetValue("asked", out var asked) || !asked.EndsWith('.'))
            return wordings.Expand("frame." + frame, filled, random);
        return wordings.Expand("frame." + (frame == "asked" ? "told" : frame), filled.With("asked", asked[..^1]), random);
    }

    // "Italy's", "the Netherlands'", "Agnes's" or "Agnes'".
    private static void AddPossessives(Slots slots, Random random)
    {
        foreach (var (name, value) in slots.ToArray())
        {
            if (value.Length == 0)
                slots[name] = Missing;
            var ends = value.EndsWith('s') && (value.StartsWith("the ", StringComparison.Ordinal) || random.Chance(0.5));
            slots[name + "'s"] = value + (ends ? "'" : "'s");
        }
    }
}
