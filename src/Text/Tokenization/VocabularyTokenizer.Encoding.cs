using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Tokenization;

// What the package's Tokenizer asks of a tokenizer. Places are those of the normalized text.
public abstract partial class VocabularyTokenizer
{
    /// <inheritdoc/>
    protected override EncodeResults<int> EncodeToIds(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        var characters = text ?? textSpan;
        using var ids = new IdCollector(_model, Most(settings), Math.Min(settings.MaxTokenCount, characters.Length / 3));
        var run = Run(characters, settings, ids, keepText: settings.MaxTokenCount != int.MaxValue);
        return new EncodeResults<int>
        {
            Tokens = ids.Ids.ToArray(), NormalizedText = run.NormalizedText, CharsConsumed = Consumed(run, ids)
        };
    }

    /// <inheritdoc/>
    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        var tokens = new PlacedTokenCollector(_model, Most(settings));
        var run = Run(text ?? textSpan, settings, tokens, keepText: true);
        return new EncodeResults<EncodedToken>
        {
            Tokens = tokens.Tokens, NormalizedText = run.NormalizedText, CharsConsumed = Consumed(run, tokens)
        };
    }

    /// <inheritdoc/>
    protected override int CountTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        var tokens = new TokenCounter(_model, Most(settings));
        Run(text ?? textSpan, settings, tokens, keepText: false);
        return tokens.Count;
    }

    /// <inheritdoc/>
    protected override int GetIndexByTokenCount(
        string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings, bool fromEnd, out string? normalizedText, out int tokenCount)
    {
        if (fromEnd)
        {
            var most = Most(settings);
            using var starts = new TokenStarts(_model, textSpan.Length / 3);
            var whole = Run(text ?? textSpan, settings, starts, keepText: true);
            normalizedText = whole.NormalizedText;
            (tokenCount, var start) = starts.Cut(most, whole.Length);
            return start;
        }

        var tokens = new TokenCounter(_model, Most(settings));
        var run = Run(text ?? textSpan, settings, tokens, keepText: true);
        normalizedText = run.NormalizedText;
        tokenCount = tokens.Count;
        return Consumed(run, tokens);
    }

    private EncodingRun Run(ReadOnlySpan<char> text, EncodeSettings settings, WordReceiver receiver, bool keepText)
    {
        var run = new EncodingRun(_parts, receiver)
        {
            Normalizes = settings.ConsiderNormalization,
            Splits = settings.ConsiderPreTokenization,
            KeepsText = keepText,
        };
        run.Take(text);
        return run;
    }

    private static int Consumed(EncodingRun run, TokenCounter tokens) => run.IsFull ? tokens.End : run.Length;

    private static int Most(EncodeSettings settings) => settings.MaxTokenCount > 0
        ? settings.MaxTokenCount
        : throw new ArgumentOutOfRangeException(nameof(settings), settings.MaxTokenCount, "The number of tokens must be 1 or more.");
}
