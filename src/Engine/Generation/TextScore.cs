using System.Text;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Generation;

/// <summary>Measures how well a model predicts a text.</summary>
/// <param name="Tokens">Tokens that were predicted.</param>
/// <param name="Bytes">Bytes of the text in UTF-8.</param>
/// <param name="NegativeLogLikelihood">Sum over these tokens of -ln(probability), in nats.</param>
public sealed record TextScore(int Tokens, int Bytes, double NegativeLogLikelihood)
{
    /// <summary>Mean surprise per token, in nats.</summary>
    public double NllPerToken => NegativeLogLikelihood / Tokens;

    /// <summary>The number of equally likely tokens that would be as hard to predict.</summary>
    public double Perplexity => Math.Exp(NllPerToken);

    /// <summary>Bits per byte of an arithmetic coder that the model drives; comparable between tokenizers.</summary>
    public double BitsPerByte => NegativeLogLikelihood / Math.Log(2) / Bytes;

    /// <summary>Reads a text in windows of the model's context that overlap by half: each token is predicted once, and all but
    /// those of the first window see at least half a context. The first token counts where the model has
    /// a token that begins a document.</summary>
    /// <param name="model">With a tokenizer.</param>
    /// <param name="text">At least two tokens long.</param>
    /// <param name="progress">Receives the share done, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends between two windows.</param>
    /// <exception cref="PromptException">The model has no tokenizer, or the text is too short to predict anything.</exception>
    public static TextScore Measure(
        LanguageModel model, string text, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(text);
        var ids = Encode(model, text);
        return new TextScore(ids.Count - 1, Encoding.UTF8.GetByteCount(text), Surprise(model, ids, progress, cancellationToken));
    }

    /// <summary>Nats that all tokens but the first cost.</summary>
    /// <param name="model">Reads them in windows of its context that overlap by half.</param>
    /// <param name="ids">At least two.</param>
    /// <param name="progress">Receives the share done, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends between two windows.</param>
    public static double Surprise(
        LanguageModel model, IReadOnlyList<int> ids, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var total = 0.0;
        for (var done = 1; done < ids.Count;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = Math.Max(0, done - Math.Max(1, model.Config.ContextLength / 2));
            var end = Math.Min(ids.Count, start + model.Config.ContextLength);
            total += Surprise(model, [.. ids.Skip(start).Take(end - start)], done - start);
            done = end;
            progress?.Report((double)done / ids.Count);
        }
        return total;
    }

    private static List<int> Encode(LanguageModel model, string text)
    {
        var ids = model.Tokenizer.Encode(text, addSpecialTokens: true).ToList();
        if (model.Defaults.BosTokenId is { } bos && ids.FirstOrDefault(-1) != bos) ids.Insert(0, bos);
        if (ids.Count < 2)
            throw new PromptException($"The text has {ids.Count} tokens, and at least 2 are needed to predict one from another.");
        return ids;
    }

    /// <summary>Nats that the window's tokens from <paramref name="first"/> on cost, given those before them.</summary>
    private static double Surprise(LanguageModel model, List<int> window, int first)
    {
        using var scope = NewDisposeScope();
        var logits = model.Logits(window);
        var count = window.Count - first;
        var targets = tensor(window.Skip(first).Select(id => (long)id).ToArray());
        var losses = nn.functional.cross_entropy(logits.narrow(0, first - 1, count), targets, reduction: nn.Reduction.Sum);
        return losses.item<float>();
    }
}
