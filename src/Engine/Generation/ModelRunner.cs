using System.Diagnostics;
using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Tracing;

namespace LlmRabbitHoles.Generation;

/// <summary>
/// Runs a model once: ids in, logits of the next token out. It reads a prompt at once (prefill) or one more token (decode).
/// </summary>
/// <param name="model">Stays the caller's. One forward at a time on one cache; no state stays between calls.</param>
/// <param name="pass">The attention and the edits of every forward; null (the default): the model's own. The runner sets the rest.</param>
public sealed class ModelRunner(LanguageModel model, ForwardPass? pass = null)
{
    private readonly ForwardPass _pass = pass ?? new ForwardPass();

    // Long enough for fast matrix products, short enough that a cancellation is answered soon.
    private const int PrefillPiece = 512;

    /// <summary>Reads a prompt in one forward.</summary>
    /// <param name="tokens">At least one id; with what the cache holds, at most the context.</param>
    /// <param name="cache">Of one sequence; receives keys and values of all of them.</param>
    /// <param name="trace">Records activations by name; null records nothing.</param>
    /// <returns>The logits after the last token.</returns>
    /// <exception cref="PromptException">The prompt is empty, too long, or has ids outside the vocabulary.</exception>
    public ForwardResult Prefill(IReadOnlyList<int> tokens, IKeyValueCache cache, ActivationTrace? trace = null)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(cache);
        model.CheckPrompt(tokens, cache.Length);
        return Run([tokens], cache, trace, HostCancellation.Token)[0];
    }

    /// <summary>Reads one more token; all others come from the cache.</summary>
    /// <param name="token">The token sampled last.</param>
    /// <param name="cache">Holds all tokens before it and receives this one.</param>
    /// <param name="trace">Records activations by name; null records nothing.</param>
    /// <returns>The logits after it.</returns>
    /// <exception cref="PromptException">The context is full, or the id is outside the vocabulary.</exception>
    public ForwardResult Decode(int token, IKeyValueCache cache, ActivationTrace? trace = null) => Prefill([token], cache, trace);

    /// <summary>
    /// Reads tokens of several sequences in one forward; rows may have different lengths, and so may what is held of them.
    /// </summary>
    /// <param name="rows">[batch] ids of each sequence; a sequence without any stays as it is.</param>
    /// <param name="cache">Of as many sequences; with an <see cref="ISlotCache"/> the rows are read end to end, without padding.</param>
    /// <param name="cancellationToken">Ends the forward between two layers.</param>
    /// <returns>[batch] the logits after each sequence's last token; without meaning where none was read.</returns>
    /// <exception cref="PromptException">A row is too long or has ids outside the vocabulary, or all are empty.</exception>
    public IReadOnlyList<ForwardResult> Forward(
        IReadOnlyList<IReadOnlyList<int>> rows, IKeyValueCache cache, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(cache);
        if (rows.All(row => row.Count == 0)) throw new PromptException("There is nothing to read: no sequence has a token.");
        foreach (var (index, row) in rows.Index().Where(row => row.Item.Count > 0))
            model.CheckPrompt(row, cache.Lengths.ElementAtOrDefault(index));
        return Run(rows, cache, trace: null, cancellationToken.CanBeCanceled ? cancellationToken : HostCancellation.Token);
    }

    /// <summary>Reads a prompt in pieces, so that a cancellation is answered soon; the logits are those of one forward.</summary>
    /// <exception cref="OperationCanceledException">The cache then holds some of the tokens.</exception>
    internal ForwardResult Prefill(IReadOnlyList<int> tokens, IKeyValueCache cache, CancellationToken cancellationToken)
    {
        model.CheckPrompt(tokens, cache.Length);
        var watch = Stopwatch.StartNew();
        for (var read = 0; ; read += PrefillPiece)
        {
            var piece = tokens.Skip(read).Take(PrefillPiece).ToArray();
            var result = Run([piece], cache, trace: null, cancellationToken)[0];
            if (read + piece.Length == tokens.Count) return new ForwardResult(result.Logits, tokens.Count, watch.Elapsed);
        }
    }

    /// <summary>Reads tokens of one sequence in one forward and returns the logits after each of them.</summary>
    /// <returns>[time][vocab]</returns>
    internal float[][] ReadEach(IReadOnlyList<int> tokens, IKeyValueCache cache, CancellationToken cancellationToken)
    {
        model.CheckPrompt(tokens, cache.Length);
        return [.. Run([tokens], cache, trace: null, cancellationToken, lastOnly: false).Select(result => result.Logits)];
    }

    // One result for each row; for each token of the only row where not only the last one's logits are wanted.
    private ForwardResult[] Run(
        IReadOnlyList<IReadOnlyList<int>> rows, IKeyValueCache cache, ActivationTrace? trace, CancellationToken cancellationToken,
        bool lastOnly = true)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var use = model.Use();
        var watch = Stopwatch.StartNew();
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var isPacked = cache is ISlotCache;
        var tokens = isPacked ? Packed(rows) : Padded(rows);
        using var cores = ComputeThreads.For(2.0 * model.ParameterCount * tokens.numel());
        var whole = _pass with
        {
            Cache = cache,
            Counts = !isPacked && rows.All(row => row.Count == rows[0].Count) ? null : [.. rows.Select(row => row.Count)],
            Trace = trace ?? _pass.Trace,
            LastOnly = lastOnly,
            CancellationToken = cancellationToken,
        };
        var logits = model.Decoder.call(tokens, whole).to(ScalarType.Float32).cpu().data<float>().ToArray();
        var vocabulary = model.Config.VocabularySize;
        return [.. logits.Chunk(vocabulary).Select((row, index) => new ForwardResult(
            Checked(row), lastOnly ? rows[index].Count : 1, watch.Elapsed))];
    }

    /// <returns>[batch, time] int64; token 0 fills up a row.</returns>
    private Tensor Padded(IReadOnlyList<IReadOnlyList<int>> rows)
    {
        var time = rows.Max(row => row.Count);
        var ids = new long[rows.Count * time];
        foreach (var (index, row) in rows.Index())
            for (var t = 0; t < row.Count; t++)
                ids[(index * time) + t] = row[t];
        return tensor(ids, rows.Count, time, device: model.Device);
    }

    /// <returns>[1, tokens] int64: the rows end to end.</returns>
    private Tensor Packed(IReadOnlyList<IReadOnlyList<int>> rows) =>
        tensor(rows.SelectMany(row => row).Select(id => (long)id).ToArray(), device: model.Device).unsqueeze(0);

    private float[] Checked(float[] logits)
    {
        LogitsCheck.Check(System.Numerics.Tensors.TensorPrimitives.Max<float>(logits), model);
        return logits;
    }
}

/// <summary>Thrown when a model cannot read a prompt: it is empty, too long for the context, or has ids outside the vocabulary.</summary>
public sealed class PromptException(string message, Exception? inner = null) : ArgumentException(message, inner);
