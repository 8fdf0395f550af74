using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Model;

/// <summary>The transformer: token ids in, one logit per vocabulary entry out. GPT-2, Llama, Gemma and Phi are settings of it.</summary>
/// <remarks>Radford et al. 2019 (GPT-2); Touvron et al. 2023, arXiv:2302.13971 (Llama).</remarks>
public sealed class Decoder : nn.Module<Tensor, ForwardPass, Tensor>
{
    [ComponentName(Name = "embed_tokens")]
    private readonly ITokenTable _embedding;
    [ComponentName(Name = "embed_positions")]
    private readonly IPositions _positions;
    [ComponentName(Name = "layers")]
    private readonly ModuleList<DecoderLayer> _layers;
    [ComponentName(Name = "norm")]
    private readonly nn.Module<Tensor, Tensor> _norm;
    [ComponentName(Name = "lm_head")]
    private readonly nn.Module<Tensor, Tensor>? _head;
    private readonly IPositions _localPositions;
    private readonly LayerKind[] _kinds;
    private readonly AttentionScores _scores;
    private readonly Func<Tensor, Tensor> _scaled, _unembed;
    private bool _disposed;

    /// <summary>Builds a decoder with the weights of a source.</summary>
    /// <param name="config">Its sizes and variants.</param>
    /// <param name="weights">Where its weights come from.</param>
    /// <param name="arithmetic">How it computes; default: in the dtype in which the weights are stored.</param>
    /// <param name="device">Where its weights are; default the CPU.</param>
    public Decoder(DecoderConfig config, IWeightSource weights, IArithmetic? arithmetic = null, Device? device = null)
        : base(nameof(Decoder))
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config;
        var parts = new PartFactory(config, weights, arithmetic ?? new StoredPrecision());
        Device = device ?? CPU;
        _embedding = parts.TokenTable();
        _positions = parts.Positions(Device);
        _localPositions = parts.LocalPositions(_positions, Device);
        _kinds = [.. Enumerable.Range(0, config.Layers).Select(config.KindOf)];
        _scores = AttentionScores.Of(config.QueryScalar, config.AttentionCap);
        _layers = nn.ModuleList(Enumerable.Range(0, config.Layers)
            .Select(i => new DecoderLayer(parts.In($"layers.{i}"), i)).ToArray());
        _norm = parts.Norm("norm", config.HiddenSize);
        _head = config.TiedEmbeddings ? null : parts.Projection("lm_head", config.HiddenSize, config.VocabularySize, bias: false);
        _scaled = Scaling(config.EmbeddingScale);
        _unembed = Capped(_head is null ? _embedding.Unembed : _head.call, config.LogitCap);
        RegisterComponents();
    }

    /// <summary>Sizes and variants.</summary>
    public DecoderConfig Config { get; }

    /// <summary>Bytes of all weights, scales of quantized ones included.</summary>
    public long WeightBytes => parameters().Sum(weight => weight.numel() * weight.ElementSize)
        + modules().OfType<IQuantizedPart>().Sum(part => part.Weight.Bytes);

    /// <summary>Where it computes.</summary>
    public Device Device { get; }

    /// <summary>The dtype of hidden states.</summary>
    public ScalarType Dtype => _norm.parameters().First().dtype;

    /// <summary>The table of token vectors, [vocab, hidden], owned by the model; one that is quantized is expanded for this.</summary>
    public Tensor Embeddings => _embedding.Table;

    /// <summary>The output matrix, [vocab, hidden], owned by the model: the embeddings again where they are tied.</summary>
    public Tensor Unembedding => _head switch
    {
        null => _embedding.Table,
        QuantizedProjection => throw new InvalidOperationException(
            "The output matrix is quantized and is not expanded. Load the model without quantization to look at it."),
        _ => _head.parameters().First(),
    };

    /// <summary>Logits of the next token after each of these tokens.</summary>
    /// <param name="tokens">[batch, time] int64; with a cache of slots [1, tokens of all sequences].</param>
    /// <param name="pass">The cache holds the tokens before these and receives these.</param>
    /// <returns>[batch, time, vocab], or [batch, 1, vocab] where only the last is asked for; owned by the caller's scope.</returns>
    public override Tensor forward(Tensor tokens, ForwardPass pass)
    {
        using var states = States(tokens, pass);
        return _unembed(states);
    }

    /// <summary>The hidden state of each token after the last layer and the final norm; the output matrix turns it into logits.</summary>
    /// <param name="tokens">[batch, time] int64</param>
    /// <param name="pass">The cache holds the tokens before these and receives these.</param>
    /// <returns>[batch, time, hidden], or [batch, 1, hidden] where only the last is asked for; owned by the caller's scope.</returns>
    public Tensor States(Tensor tokens, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(pass);
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var scope = NewDisposeScope();
        var x = _scaled(_embedding.Embed(tokens));
        var placed = Placed(tokens, pass, x.dtype);
        CheckEdits(pass, placed[_kinds[0]].Attention!);
        x = _positions.Embed(x, placed[_kinds[0]].Positions!);
        x = pass.Observed("embed_tokens.output", x);
        for (var layer = 0; layer < _layers.Count; layer++)
        {
            pass.CancellationToken.ThrowIfCancellationRequested();
            x = _layers[layer].call(x, placed[_kinds[layer]]);
            x = pass.Observed(layer, "output", x);
            if (pass.Trace?.Wants($"layers.{layer}.logits") == true) pass.Trace.Record($"layers.{layer}.logits", Logits(x));
        }
        pass.Cache.Advance(placed[_kinds[0]].Counts!);
        if (pass.LastOnly) x = placed[_kinds[0]].Packed?.Last(x) ?? Last(x, pass.Counts);
        return pass.Observed("norm.output", _norm.call(x)).MoveToOuterDisposeScope();
    }

    /// <summary>Completes the pass with what all layers of a kind share: positions, counts, mask, rotation and attention.</summary>
    private Dictionary<LayerKind, ForwardPass> Placed(Tensor tokens, ForwardPass pass, ScalarType dtype)
    {
        pass = pass with { Scores = _scores };
        if (pass.Cache is ISlotCache slots) return Placed(tokens, pass, dtype, slots);
        var (batch, time) = ((int)tokens.shape[0], tokens.shape[1]);
        var held = pass.Cache.Lengths is { Count: > 0 } lengths ? lengths : new int[batch];
        if (held.Count != batch)
            throw new ShapeException(
                $"The tokens are {batch} rows and the cache holds {held.Count} sequences. Make the cache for {batch}.");
        var positions = pass.Positions ?? Behind(held, pass.Counts, time, tokens.device);
        var reaches = pass.Positions is { } said ? Reaches(said) : Reaches(held, pass.Counts, (int)time);
        return ForEachKind(kind =>
        {
            var causal = CausalMask.Create(held, time, WindowOf(kind), pass.Mask?.dtype ?? dtype, tokens.device);
            return pass with
            {
                Positions = positions,
                Counts = pass.Counts ?? [.. Enumerable.Repeat((int)time, batch)],
                Mask = pass.Mask is { } mask && causal is not null ? mask + causal : pass.Mask ?? causal,
                Rotation = PositionsOf(kind)?.RotationAt(positions, reaches, dtype),
                Attention = pass.Attention ?? (pass.Cache is IBlockedCache ? BlockAttention.Default : PlainAttention.Default),
            };
        });
    }

    private Dictionary<LayerKind, ForwardPass> Placed(Tensor tokens, ForwardPass pass, ScalarType dtype, ISlotCache cache)
    {
        var packed = PackedRows.Of(cache, pass.Counts ?? [(int)tokens.shape[1]], tokens.device);
        return ForEachKind(kind => pass with
        {
            Packed = packed.Masked(WindowOf(kind), dtype, tokens.device),
            Positions = packed.Positions,
            Counts = packed.Counts,
            Rotation = PositionsOf(kind)?.RotationAt(packed.Positions, packed.Reaches, dtype),
            Attention = pass.Attention ?? SlotAttention.Default,
        });
    }

    private void CheckEdits(ForwardPass pass, IAttentionKernel attention)
    {
        if (pass.Edits is not { } edits || attention is PlainAttention) return;
        var edited = Enumerable.Range(0, _layers.Count).Select(layer => $"layers.{layer}.self_attn.weights").FirstOrDefault(edits.Wants);
        if (edited is not null)
            throw new InvalidOperationException($"The edit of '{edited}' needs PlainAttention, and this pass attends with " +
                $"{attention.GetType().Name}. Use a contiguous cache or none.");
    }

    private Dictionary<LayerKind, ForwardPass> ForEachKind(Func<LayerKind, ForwardPass> pass) =>
        _kinds.Distinct().ToDictionary(kind => kind, pass);

    private int? WindowOf(LayerKind kind) => kind.HasWindow() ? Config.SlidingWindow : null;

    private IPositions? PositionsOf(LayerKind kind) => kind switch
    {
        LayerKind.Windowed => _localPositions,
        LayerKind.Unplaced or LayerKind.WindowedUnplaced => null,
        _ => _positions,
    };

    /// <summary>Multiplies token vectors; the scale is rounded to their dtype, as in transformers.</summary>
    private static Func<Tensor, Tensor> Scaling(double scale)
    {
        if (scale == 1) return x => x;
        return x =>
        {
            using var rounded = tensor(scale).to(x.dtype);
            return x * rounded;
        };
    }

    private static Func<Tensor, Tensor> Capped(Func<Tensor, Tensor> unembed, double? cap)
    {
        if (cap is null) return unembed;
        var capped = SoftCap.Of(cap);
        return hidden =>
        {
            using var logits = unembed(hidden);
            return capped(logits);
        };
    }

    /// <summary>
    /// The positions after the held tokens. Padding takes the position of its row's last token, so that no position leaves the context.
    /// </summary>
    /// <returns>[1, time] where all rows are alike, else [batch, time]</returns>
    private static Tensor Behind(IReadOnlyList<int> held, IReadOnlyList<int>? counts, long time, Device device)
    {
        if (counts is null && held.All(length => length == held[0]))
            return arange(held[0], held[0] + time, dtype: ScalarType.Int64, device: device).unsqueeze(0);
        var places = held.Index().SelectMany(row => Enumerable.Range(0, (int)time)
            .Select(t => (long)row.Item + Math.Min(t, Math.Max(0, (counts?[row.Index] ?? t + 1) - 1))));
        return tensor(places.ToArray(), held.Count, time, device: device);
    }

    /// <returns>One for each row of the positions that <see cref="Behind"/> gives.</returns>
    private static IReadOnlyList<Reach> Reaches(IReadOnlyList<int> held, IReadOnlyList<int>? counts, int time) =>
        counts is null && held.All(length => length == held[0])
            ? [new Reach(time, held[0] + time)]
            : [.. held.Select((length, row) => new Reach(time, length + Math.Max(1, counts?[row] ?? time)))];

    /// <param name="positions">[batch or 1, time] int64</param>
    private static IReadOnlyList<Reach> Reaches(Tensor positions)
    {
        using var last = positions.amax([1]).cpu();
        return [.. last.data<long>().ToArray().Select(position => new Reach((int)positions.shape[1], position + 1))];
    }

    /// <param name="x">[batch, time, hidden]</param>
    /// <param name="counts">Tokens of each row that are real; null: all.</param>
    /// <returns>[batch, 1, hidden]</returns>
    private static Tensor Last(Tensor x, IReadOnlyList<int>? counts)
    {
        var time = x.shape[1];
        if (counts is null) return x.narrow(1, time - 1, 1);
        var rows = counts.Select((count, row) => (row * time) + Math.Max(0, count - 1)).ToArray();
        return x.reshape(-1, x.shape[2]).index_select(0, tensor(rows, device: x.device)).unsqueeze(1);
    }

    /// <summary>The next-token logits of a hidden state from any layer: the final norm and the output matrix, applied to it.</summary>
    /// <param name="hidden">[batch, time, hidden]</param>
    /// <returns>[batch, time, vocab]</returns>
    /// <remarks>The "logit lens", nostalgebraist 2020.</remarks>
    public Tensor Logits(Tensor hidden)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var normed = _norm.call(hidden);
        return _unembed(normed);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        if (disposing)
            foreach (var positions in new[] { _positions, _localPositions }.Distinct().OfType<IDisposable>()) positions.Dispose();
        base.Dispose(disposing);
    }
}
