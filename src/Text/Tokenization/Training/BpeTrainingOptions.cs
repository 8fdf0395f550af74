namespace LlmRabbitHoles.Tokenization;

/// <summary>How a tokenizer is trained.</summary>
public sealed record BpeTrainingOptions
{
    /// <summary>How many tokens there are to be: the special ones, the 256 bytes, and one a merge. Default 4096.</summary>
    /// <remarks>A small corpus may run out of pairs before the size is reached.</remarks>
    public int VocabularySize
    {
        get;
        init => field = value is >= 256 and <= 1 << 20
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(VocabularySize), value,
                "VocabularySize must be 256 to 1,048,576: every byte is a token. Leave room for merges above that.");
    } = 4096;

    /// <summary>Tokens that are marks, not text; they get the ids 0, 1, 2 ... in this order. Default none.</summary>
    public IReadOnlyList<string> SpecialTokens
    {
        get;
        init => field = Checked(value);
    } = [];

    /// <summary>Pairs that stand together less often than this are not merged. Default 2.</summary>
    public int MinFrequency
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MinFrequency), value, "MinFrequency must be 1 or more.");
    } = 2;

    /// <summary>Each digit stays a token of its own, so that numbers of one length have one shape. Default false.</summary>
    public bool SplitDigits { get; init; }

    /// <summary>Share of the merges that are made last and only join a space to what follows it; all others are learned without the space
    /// before a word. So a word is split the same way wherever it stands, and with a space it is one token as without. Below 1. Default 0:
    /// the space is a letter like any other.</summary>
    public double SpaceShare
    {
        get;
        init => field = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(SpaceShare), value, "SpaceShare must be 0 or more, and less than 1.");
    }

    private static IReadOnlyList<string> Checked(IReadOnlyList<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        foreach (var token in tokens)
        {
            if (token.Length < 2)
                throw new ArgumentException(
                    $"The special token '{token}' must be longer than one character, as bytes are tokens too. Write it as <|{token}|>.");
            if (WellFormedText.Of(token) != token) throw new ArgumentException("A special token holds half a surrogate pair. Remove it.");
        }

        var twice = tokens.GroupBy(token => token).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? [.. tokens] : throw new ArgumentException($"The special token '{twice.Key}' is listed twice. Remove one.");
    }
}
