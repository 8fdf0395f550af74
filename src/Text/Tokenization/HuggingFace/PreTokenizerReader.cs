using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Reads a tokenizer.json's <c>pre_tokenizer</c>.</summary>
internal static class PreTokenizerReader
{
    // \w+|[^\w\s]+ of the library's own language, whose \w also has the joiners but not ².
    private const string WordsAndSigns = @"[[:word:]\u200C\u200D]+|[^[:word:]\u200C\u200D\s]+";

    public static IPreTokenizer Read(JsonPart part)
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
                "has no ByteLevel, so its tokens are made of characters, not of bytes. Choose a checkpoint with a byte-level tokenizer.");
        return steps.Count == 1 ? steps[0] : new PreTokenizerSequence(steps);
    }

    private static IEnumerable<JsonPart> Flatten(JsonPart part) =>
        part["type"].Text() == "Sequence" ? part["pretokenizers"].Items().SelectMany(Flatten) : [part];

    private static IEnumerable<IPreTokenizer> ByteLevel(JsonPart part)
    {
        if (part["add_prefix_space"].Flag(true)) yield return new PrefixSpace();
        if (part["use_regex"].Flag(true)) yield return new PatternSplit(new Gpt2Scanner(), SplitBehavior.Isolated);
    }

    private static PatternSplit Read(JsonPart part, string type) => type switch
    {
        "Split" => new PatternSplit(PatternReader.Read(part["pattern"]), Behavior(part["behavior"]), part["invert"].Flag(false)),
        "Digits" => new PatternSplit(
            CharacterPattern.Number, part["individual_digits"].Flag(false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous),
        "Punctuation" => new PatternSplit(
            CharacterPattern.Punctuation, part["behavior"].Exists ? Behavior(part["behavior"]) : SplitBehavior.Isolated),
        "Whitespace" => new PatternSplit(new RegexPattern(WordsAndSigns, TokenizerPlace.Of(part)), SplitBehavior.Removed, invert: true),
        "WhitespaceSplit" => new PatternSplit(CharacterPattern.WhiteSpace, SplitBehavior.Removed),
        _ => throw part["type"].Error(
            $"'{type}' is not supported. Known are ByteLevel, Split, Digits, Punctuation, Whitespace, WhitespaceSplit and Sequence."),
    };

    private static SplitBehavior Behavior(JsonPart part) =>
        Enum.TryParse<SplitBehavior>(part.Text(), out var behavior) && Enum.IsDefined(behavior)
            ? behavior
            : throw part.Error($"is '{part.Text()}'; it must be one of {string.Join(", ", Enum.GetNames<SplitBehavior>())}.");
}
