using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization.Normalization;
using LlmRabbitHoles.Tokenization.PostProcessing;
using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>What a tokenizer.json describes, in the order in which text goes through it.</summary>
/// <param name="Normalizer">Rewrites the text; null leaves it unchanged.</param>
/// <param name="PreTokenizer">Splits it into words.</param>
/// <param name="Model">Turns words into tokens.</param>
/// <param name="Template">What goes around the tokens.</param>
/// <param name="Frame">The file without vocabulary and merges, for writing it again.</param>
/// <param name="PairedMerges">The file writes merges as ["a", "b"], not as "a b".</param>
internal sealed record TokenizerParts(
    INormalizer? Normalizer,
    IPreTokenizer PreTokenizer,
    WordModel Model,
    SpecialTokenTemplate Template,
    JsonObject Frame,
    bool PairedMerges)
{
    /// <summary>Turns tokens into text; null where they are bytes, one after another.</summary>
    public TokenDecoder? Decoder { get; init; }

    /// <summary>Finds the added tokens that stand in the text as given; null where there are none.</summary>
    public AddedTokenMatcher? RawTokens { get; } =
        MatcherOf(Model.Vocabulary.Added.Where(token => !token.Normalized).Select(token => (token.Content, token)));

    /// <summary>Finds those that stand in the normalized text; null where there are none.</summary>
    public AddedTokenMatcher? NormalizedTokens { get; } =
        MatcherOf(Model.Vocabulary.Added.Where(token => token.Normalized).Select(token =>
            (Normalizer?.Normalize(token.Content, GrowthLimit.For(token.Content.Length)) ?? token.Content, token)));

    private static AddedTokenMatcher? MatcherOf(IEnumerable<(string Text, AddedToken Token)> tokens) =>
        tokens.Any() ? new AddedTokenMatcher(tokens) : null;
}
