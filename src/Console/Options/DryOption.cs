using System.CommandLine;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.CommandLine;

/// <summary><c>--dry MULTIPLIER</c>: with llama.cpp's defaults for the rest.</summary>
internal sealed class DryOption
{
    private static readonly char[] _breakers = ['\n', ':', '"', '*'];

    private readonly Option<double?> _multiplier = NumberOption.Create<double>("--dry", "MULTIPLIER",
        "Lowers tokens that would continue a sequence which the text already holds (DRY); 0.8 is usual.",
        m => m is >= 0 and <= SamplingOptions.MostPenalty, "from 0 to 1000; 0 is none");

    public Option Option => _multiplier;

    /// <summary>What was asked for; a line break, colon, quotation mark or asterisk ends a repetition.</summary>
    public DryOptions? For(ParseResult parsed, LanguageModel model) => parsed.GetValue(_multiplier) is { } multiplier
        ? new DryOptions { Multiplier = multiplier, Breakers = model.HasTokenizer ? [.. Breakers(model)] : [] }
        : null;

    private static IEnumerable<int> Breakers(LanguageModel model) => Enumerable.Range(0, model.Tokenizer.VocabularySize)
        .Where(id => model.Tokenizer.Piece(id).IndexOfAny(_breakers) >= 0);
}
