namespace LlmRabbitHoles.Model;

/// <summary>The transformer: token ids in, one score a vocabulary entry out. GPT-2, Llama, SmolLM and Qwen are settings of it.</summary>
/// <remarks>Radford et al. 2019 (GPT-2); Touvron et al. 2023, arXiv:2302.13971 (Llama).</remarks>
public sealed class Decoder : nn.Module<Tensor, ForwardPass, Tensor>
{
    [ComponentName(Name = "embed_tokens")]
    private readonly TokenEmbedding _embedding;
    [ComponentName(Name = "embed_positions")]
    private readonly IPositions _positions;
    [ComponentName(Name = "layers")]
    private readonly ModuleList<DecoderLayer> _layers;
    [ComponentName(Name = "norm")]
    private readonly nn.Module<Tensor, Tensor> _norm;
    [ComponentName(Name = "lm_head")]
    private readonly nn.Module<Tensor, Tensor>? _head;
    private readonly Func<Tensor, Tensor> _unembed;
    private bool _disposed;

    /// <summary>A decoder with these numbers.</summary>
    /// <param name="config">Its sizes and variants.</param>
    /// <param name="weights">Where its numbers come from.</param>
    /// <param name="projections">How its matrices are held; default: as they are stored.</param>
    /// <param name="device">Where its weights are; default the CPU.</param>
    public Decoder(DecoderConfig config, IWeightSource weights, IProjectionKind? projections = null, Device? device = null)
        : base(nameof(Decoder))
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config;
        var parts = new PartFactory(config, weights, projections ?? new StoredPrecision());
        _embedding = new TokenEmbedding(parts.In("embed_tokens").Weight("weight", config.VocabularySize, config.HiddenSize));
        _positions = config.Positions == PositionKind.Rotary
            ? new RotaryPositions(config, device ?? CPU)
            : new LearnedPositions(parts.In("embed_positions").Weight("weight", config.ContextLength, config.HiddenSize));
        _layers = nn.ModuleList(Enumerable.Range(0, config.Layers)
            .Select(i => new DecoderLayer(parts.In($"layers.{i}"), _positions, i)).ToArray());
        _norm = parts.Norm("norm", config.HiddenSize);
        _head = config.TiedEmbeddings ? null : parts.Projection("lm_head", config.HiddenSize, config.VocabularySize, bias: false);
        _unembed = _head is null ? _embedding.Unembed : _head.call;
        RegisterComponents();
    }

    /// <summary>Sizes and variants.</summary>
    public DecoderConfig Config { get; }

    /// <summary>The table of token vectors, [vocab, hidden], owned by the model.</summary>
    public Tensor Embeddings => _embedding.Table;

    /// <summary>The output matrix, [vocab, hidden], owned by the model: the embeddings again where they are tied.</summary>
    public Tensor Unembedding => _head is null ? _embedding.Table : _head.parameters().First();

    /// <summary>Logits of the next token after each of these tokens.</summary>
    /// <param name="tokens">[batch, time] int64</param>
    /// <param name="pass">The cache holds the tokens before these and receives these.</param>
    /// <returns>[batch, time, vocab], or [batch, 1, vocab] where only the last is asked for; owned by the caller's scope.</returns>
    public override Tensor forward(Tensor tokens, ForwardPass pass)
    {
        using var states = States(tokens, pass);
        return _unembed(states);
    }

    /// <summary>What the last layer leaves of each of these tokens, after the final norm: the output matrix turns it into logits.</summary>
    /// <param name="tokens">[batch, time] int64</param>
    /// <param name="pass">The cache holds the tokens before these and receives these.</param>
    /// <returns>[batch, time, hidden], or [batch, 1, hidden] where only the last is asked for; owned by the caller's scope.</returns>
    public Tensor States(Tensor tokens, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(pass);
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var scope = NewDisposeScope();
        var (past, time) = (pass.Cache.Length, tokens.shape[1]);
        var x = _positions.Embed(_embedding.call(tokens), past);
        pass.Trace?.Record("embeddings", x);
        var masked = pass with { Mask = pass.Mask ?? CausalMask.Create(time, past, Config.SlidingWindow, x.dtype, x.device) };
        for (var i = 0; i < _layers.Count; i++)
        {
            HostInterrupt.Check?.Invoke();
            pass.CancellationToken.ThrowIfCancellationRequested();
            x = _layers[i].call(x, masked);
            Observe(pass, i, x);
        }
        pass.Cache.Advance((int)time);
        if (pass.LastOnly) x = x.narrow(1, time - 1, 1);
        return _norm.call(x).MoveToOuterDisposeScope();
    }

    /// <summary>What a hidden state of any layer would say as next token: the final norm and the output matrix applied to it.</summary>
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
        if (disposing && _positions is IDisposable positions) positions.Dispose();
        base.Dispose(disposing);
    }

    private void Observe(ForwardPass pass, int layer, Tensor hidden)
    {
        if (pass.Trace is not { } trace) return;
        trace.Record($"layers.{layer}.hidden", hidden);
        if (trace.Wants($"layers.{layer}.logits")) trace.Record($"layers.{layer}.logits", Logits(hidden));
    }
}
