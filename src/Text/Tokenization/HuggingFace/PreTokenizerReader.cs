using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Reads a tokenizer.json's <c>pre_tokenizer</c>.</summary>
internal static class PreTokenizerReader
{
    // \w+|[^\w\s]+ of the library's own language, whose \w also has the joiners but not ².
    private const string WordsAndSigns = @"[[:word:]\u200C\u200D]+|[^[:word:]\u200C\u200D\s]+";

    /// <summary>Reads one that ends with ByteLevel.</summary>
    public static IPreTokenizer ReadByteLevel(JsonPart part)
    {
        var steps = new List<IPreTokenizer>();
        var reachedBytes = false;
        foreach (var step in part.Exists ? Flatten(part) : [])
        {
            if (reachedBytes) throw step.Error("comes after ByteLevel, which is not supported. ByteLevel must be the last step.");
            reachedBytes = step["type"].Text() == "ByteLevel";
            steps.AddRange(reachedBytes ? ByteLevel(step) : [Read(step, step["type"].Text())]);
        }

        if (!reachedBytes)
            throw part.Error(
                "has no ByteLevel, so its tokens are made of characters, not of bytes. Load it with TokenizerJson.Load.");
        return InOrder(steps);
    }

    /// <summary>Reads one without ByteLevel; none at all takes the whole text for one word.</summary>
    public static IPreTokenizer ReadPieces(JsonPart part) =>
        part.Exists ? InOrder([.. Flatten(part).Select(step => Read(step, step["type"].Text()))]) : new WholeText();

    /// <summary>Whether it makes bytes of the text.</summary>
    public static bool HasByteLevel(JsonPart part) => part.Exists && Flatten(part).Any(step => step["type"].Text() == "ByteLevel");

    private static IPreTokenizer InOrder(List<IPreTokenizer> steps) => steps.Count switch
    {
        0 => new WholeText(),
        1 => steps[0],
        _ => new PreTokenizerSequence(steps),
    };

    private static IEnumerable<JsonPart> Flatten(JsonPart part) =>
        part["type"].Text() == "Sequence" ? part["pretokenizers"].Items().SelectMany(Flatten) : [part];

    private static IEnumerable<IPreTokenizer> ByteLevel(JsonPart part)
    {
        if (part["add_prefix_space"].Flag(true)) yield return new PrefixSpace();
        if (part["use_regex"].Flag(true)) yield return new PatternSplit(new Gpt2Scanner(), SplitBehavior.Isolated);
    }

    private static IPreTokenizer Read(JsonPart part, string type) => type switch
    {
        "Metaspace" => MetaspaceReader.Read(part),
        "Split" => new PatternSplit(PatternReader.Read(part["pattern"]), Behavior(part["behavior"]), part["invert"].Flag(false)),
        "Digits" => new PatternSplit(
            CharacterPattern.Number, part["individual_digits"].Flag(false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous),
        "Punctuation" => new PatternSplit(
            CharacterPattern.Punctuation, part["behavior"].Exists ? Behavior(part["behavior"]) : SplitBehavior.Isolated),
        "Whitespace" => new PatternSplit(new RegexPattern(WordsAndSigns, TokenizerPlace.Of(part)), SplitBehavior.Removed, invert: true),
        "WhitespaceSplit" => new PatternSplit(CharacterPattern.WhiteSpace, SplitBehavior.Removed),
        _ => throw part["type"].Error(
            $"'{type}' is not supported. " +
            "Known are ByteLevel, Metaspace, Split, Digits, Punctuation, Whitespace, WhitespaceSplit and Sequence."),
    };

    private static SplitBehavior Behavior(JsonPart part) =>
        Enum.TryParse<SplitBehavior>(part.Text(), out var behavior) && Enum.IsDefined(behavior)
            ? behavior
            : throw part.Error($"is '{part.Text()}'; it must be one of {string.Join(", ", Enum.GetNames<SplitBehavior>())}.");
}
