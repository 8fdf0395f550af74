namespace LlmRabbitHoles.Notebooks.Tiers;

/// <summary>A part of the machine that turns a message into an answer: see <see cref="MachineDrawing"/>.</summary>
public sealed record MachinePart
{
    private MachinePart(string name, string label, string carries) => (Name, Label, Carries) = (name, label, carries);

    /// <summary>What the files below tiers call it.</summary>
    public string Name { get; }

    /// <summary>What the drawing calls it.</summary>
    public string Label { get; }

    /// <summary>What leaves it, as a second line in the drawing.</summary>
    public string Carries { get; }

    /// <summary>The message with its history and marks.</summary>
    public static MachinePart Text { get; } = new("text", "text", "your message, all turns");

    /// <summary>The pieces of the text.</summary>
    public static MachinePart Tokens { get; } = new("tokens", "tokens", "pieces and their ids");

    /// <summary>The rows of the embedding table.</summary>
    public static MachinePart Vectors { get; } = new("vectors", "vectors", "a row for each id");

    /// <summary>What mixes tokens.</summary>
    public static MachinePart Attention { get; } = new("attention", "attention", "tokens look back");

    /// <summary>What changes each token alone.</summary>
    public static MachinePart FeedForward { get; } = new("feed-forward", "feed-forward", "each token alone");

    /// <summary>Attention and feed-forward, many times.</summary>
    public static MachinePart Layers { get; } = new("layers", "layers", "again and again");

    /// <summary>Keys and values of what was read.</summary>
    public static MachinePart Cache { get; } = new("cache", "cache", "keys and values kept");

    /// <summary>A score for every token there is.</summary>
    public static MachinePart Scores { get; } = new("scores", "scores", "one for every token");

    /// <summary>The choice of one token.</summary>
    public static MachinePart Sampling { get; } = new("sampling", "sampling", "one token is drawn");

    /// <summary>The way back, until the end token.</summary>
    public static MachinePart Loop { get; } = new("loop", "the way back", "until the end token");

    /// <summary>All parts, from the text to the way back.</summary>
    public static IReadOnlyList<MachinePart> All { get; } =
        [Text, Tokens, Vectors, Attention, FeedForward, Layers, Cache, Scores, Sampling, Loop];
}
