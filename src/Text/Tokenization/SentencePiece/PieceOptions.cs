namespace LlmRabbitHoles.Tokenization;

/// <summary>What a <see cref="PieceTokenizer"/> of scores does besides merging.</summary>
public sealed record PieceOptions
{
    /// <summary>
    /// The text, and what stands behind a special token, gets a space before it; decoding takes off the first. Default true.
    /// </summary>
    public bool AddSpacePrefix { get; init; } = true;

    /// <summary>The token before a text that is encoded with special tokens; null (the default) puts none there.</summary>
    public int? Beginning { get; init; }

    /// <summary>The token behind a text that is encoded with special tokens; null (the default) puts none there.</summary>
    public int? End { get; init; }

    /// <summary>What error messages call the source of the pieces. Default "the list of pieces".</summary>
    public string Name { get; init; } = "the list of pieces";
}

/// <summary>What a piece is, numbered as in SentencePiece's models and in GGUF files.</summary>
public enum PieceType
{
    /// <summary>Text.</summary>
    Normal = 1,

    /// <summary>Stands for text that no other piece has.</summary>
    Unknown = 2,

    /// <summary>A mark: found in text as it is written, and left out when special tokens are skipped.</summary>
    Control = 3,

    /// <summary>Text that is found as it is written, before any merging.</summary>
    UserDefined = 4,

    /// <summary>Kept free.</summary>
    Unused = 5,

    /// <summary>One byte, written &lt;0x0A&gt;, of a character that is not a piece.</summary>
    Byte = 6,
}
