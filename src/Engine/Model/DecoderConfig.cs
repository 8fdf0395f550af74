using System.Runtime.CompilerServices;

namespace LlmRabbitHoles.Model;

/// <summary>The sizes and variants that tell one decoder-only transformer from another.</summary>
/// <remarks>
/// GPT-2 (Radford et al. 2019), Llama (Touvron et al. 2023, arXiv:2302.13971), Mistral (Jiang et al. 2023, arXiv:2310.06825),
/// Qwen2 (arXiv:2407.10671), Qwen3 (arXiv:2505.09388), Phi-3 (arXiv:2404.14219), Gemma 2 (arXiv:2408.00118), Gemma 3 (arXiv:2503.19786),
/// OLMo 2 (arXiv:2501.00656) and SmolLM3 (Hugging Face 2025) are settings of this record.
/// Each size is checked as it is set, also by <c>with</c>; <see cref="Validate"/> checks how the sizes fit together.
/// </remarks>
public sealed record DecoderConfig
{
    /// <summary>The family that names the weights and keys of its checkpoints; the decoder does not use it. Default llama.</summary>
    public string Architecture { get; init; } = "llama";

    /// <summary>Rows of the embedding table, vocab; token ids are 0 to vocab - 1. At least 1.</summary>
    public required int VocabularySize { get; init => field = Positive(value); }

    /// <summary>Width of the residual stream, hidden. At least 1.</summary>
    public required int HiddenSize { get; init => field = Positive(value); }

    /// <summary>Number of decoder layers. At least 1.</summary>
    public required int Layers { get; init => field = Positive(value); }

    /// <summary>Query heads in each layer. At least 1.</summary>
    public required int Heads { get; init => field = Positive(value); }

    /// <summary>Key and value heads in each layer, kvHeads: equal to heads (multi-head), 1 (multi-query) or between (grouped).</summary>
    /// <remarks>Divides heads. Shazeer 2019, arXiv:1911.02150; Ainslie et al. 2023, arXiv:2305.13245.</remarks>
    public required int KeyValueHeads { get; init => field = Positive(value); }

    /// <summary>
    /// Width of one head, headDim. Often hidden / heads, but free: the projections map hidden to heads x headDim and back.
    /// </summary>
    /// <remarks>Even when positions are rotary, as channels turn in pairs.</remarks>
    public required int HeadDim { get; init => field = Positive(value); }

    /// <summary>Inner width of the feed-forward network. At least 1.</summary>
    public required int FeedForwardSize { get; init => field = Positive(value); }

    /// <summary>The most positions the model was made for; the rows of the position table when positions are learned.</summary>
    public required int ContextLength { get; init => field = Positive(value); }

    /// <summary>Added to the (mean) square before the root in each norm. More than 0. Default 1e-6.</summary>
    public double NormEpsilon { get; init => field = Positive(value); } = 1e-6;

    /// <summary>The norm before attention, before the feed-forward network and at the end. Default RMSNorm.</summary>
    public NormKind Norm { get; init; } = NormKind.RmsNorm;

    /// <summary>Where the norms of a layer stand. Default before attention and feed-forward network.</summary>
    public NormPlacement NormPlacement { get; init; } = NormPlacement.Before;

    /// <summary>Multiplies token vectors as they enter the model, rounded to their dtype; Gemma has sqrt(hidden). Default 1.</summary>
    /// <remarks>Vaswani et al. 2017, section 3.4.</remarks>
    public double EmbeddingScale { get; init => field = Positive(value); } = 1;

    /// <summary>How a token learns where it stands. Default rotary.</summary>
    public PositionKind Positions { get; init; } = PositionKind.Rotary;

    /// <summary>Base of the rotary frequencies: pair i of headDim / 2 turns by theta^(-2i / headDim) a position. Default 10000.</summary>
    /// <remarks>Su et al. 2021, arXiv:2104.09864.</remarks>
    public double RopeTheta { get; init => field = Positive(value); } = 10_000;

    /// <summary>How rotary frequencies are stretched for contexts longer than in pretraining; null leaves them. Default null.</summary>
    public RopeScaling? RopeScaling { get; init; }

    /// <summary>Base of the rotary frequencies in windowed layers, which are then not stretched; null is as in the others. Default null.
    /// </summary>
    /// <remarks>Gemma 3, arXiv:2503.19786, section 2.</remarks>
    public double? LocalRopeTheta { get; init => field = value is { } theta ? Positive(theta) : null; }

    /// <summary>How many channels of each head are rotated, the first ones; null is all. Even, at most headDim. Default null.</summary>
    /// <remarks>Phi-4-mini rotates three quarters, GPT-NeoX a quarter: Black et al. 2022, arXiv:2204.06745, section 2.1.1.</remarks>
    public int? RotaryDim { get; init => field = value is { } channels ? Positive(channels) : null; }

    /// <summary>The feed-forward network's nonlinearity, and whether a gate multiplies it. Default SwiGLU.</summary>
    public ActivationKind Activation { get; init; } = ActivationKind.SwiGlu;

    /// <summary>Over what queries and keys are brought to unit scale before they are rotated. Default nothing.</summary>
    /// <remarks>Henry et al. 2020, arXiv:2010.04245; Dehghani et al. 2023, arXiv:2302.05442.</remarks>
    public QueryKeyNorm QueryKeyNorm { get; init; }

    /// <summary>Products of queries and keys are divided by its root; null is headDim. More than 0. Default null.</summary>
    public double? QueryScalar { get; init => field = value is { } scalar ? Positive(scalar) : null; }

    /// <summary>Attention scores stay between -cap and cap, softly: cap tanh(score / cap). More than 0. Null, the default, has no cap.
    /// </summary>
    /// <remarks>Gemma 2, arXiv:2408.00118, section 2.</remarks>
    public double? AttentionCap { get; init => field = value is { } cap ? Positive(cap) : null; }

    /// <summary>Logits stay between -cap and cap in the same way. Null, the default, has no cap.</summary>
    public double? LogitCap { get; init => field = value is { } cap ? Positive(cap) : null; }

    /// <summary>Whether the query, key and value projections add a bias. Default false.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the attention's output projection adds a bias. Default false.</summary>
    public bool OutputBias { get; init; }

    /// <summary>Whether the feed-forward projections add a bias. Default false.</summary>
    public bool FeedForwardBias { get; init; }

    /// <summary>What tells one layer's attention from another's, one kind a layer. Null, the default: all layers see the window, or all
    /// before them where there is none.</summary>
    public LayerKinds? LayerKinds { get; init; }

    /// <summary>How many positions, its own included, a token attends to; null is all of them. At least 1. Default null.</summary>
    /// <remarks>Position t sees t - window + 1 to t. Beltagy et al. 2020, arXiv:2004.05150.</remarks>
    public int? SlidingWindow { get; init => field = value is { } window ? Positive(window) : null; }

    /// <summary>Whether the output head is the embedding table itself. Default false.</summary>
    /// <remarks>Press and Wolf 2017, arXiv:1608.05859.</remarks>
    public bool TiedEmbeddings { get; init; }

    /// <summary>Width of all query heads side by side: heads x headDim.</summary>
    public int QueryWidth => Heads * HeadDim;

    /// <summary>Width of all key (or value) heads side by side: kvHeads x headDim.</summary>
    public int KeyValueWidth => KeyValueHeads * HeadDim;

    /// <summary>Query heads that share one key and value head: heads / kvHeads.</summary>
    public int QueriesPerKey => Heads / KeyValueHeads;

    /// <summary>The kind of a layer, counted from 0.</summary>
    public LayerKind KindOf(int layer) => LayerKinds?[layer] ?? (SlidingWindow is null ? LayerKind.Global : LayerKind.Windowed);

    /// <summary>Llama settings: RMSNorm, rotary positions, SwiGLU, no biases.</summary>
    /// <param name="vocabulary">Rows of the embedding table.</param>
    /// <param name="hidden">Width of the residual stream; a multiple of <paramref name="heads"/>.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="heads">Query heads.</param>
    /// <param name="keyValueHeads">Key and value heads; null is as many as query heads.</param>
    /// <param name="feedForward">Inner width of the feed-forward network; null is 8/3 hidden, rounded up to a multiple of 8.</param>
    /// <param name="context">The most positions.</param>
    /// <param name="tied">Whether the output head is the embedding table.</param>
    public static DecoderConfig Llama(
        int vocabulary, int hidden, int layers, int heads, int? keyValueHeads = null, int? feedForward = null, int context = 2048,
        bool tied = true) =>
        new DecoderConfig
        {
            VocabularySize = vocabulary,
            HiddenSize = hidden,
            Layers = layers,
            Heads = heads,
            KeyValueHeads = keyValueHeads ?? heads,
            HeadDim = Split(hidden, heads),
            FeedForwardSize = feedForward ?? ((8 * hidden / 3) + 7) / 8 * 8,
            ContextLength = context,
            NormEpsilon = 1e-5,
            TiedEmbeddings = tied,
        }.Validate();

    /// <summary>GPT-2 settings: LayerNorm, learned positions, GELU by its tanh formula, biases everywhere, tied embeddings.</summary>
    /// <param name="vocabulary">Rows of the embedding table.</param>
    /// <param name="hidden">Width of the residual stream; a multiple of <paramref name="heads"/>.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="heads">Heads, for queries, keys and values alike.</param>
    /// <param name="feedForward">Inner width of the feed-forward network; null is 4 hidden.</param>
    /// <param name="context">The most positions: rows of the position table.</param>
    public static DecoderConfig Gpt2(int vocabulary, int hidden, int layers, int heads, int? feedForward = null, int context = 1024) =>
        new DecoderConfig
        {
            Architecture = "gpt2",
            VocabularySize = vocabulary,
            HiddenSize = hidden,
            Layers = layers,
            Heads = heads,
            KeyValueHeads = heads,
            HeadDim = Split(hidden, heads),
            FeedForwardSize = feedForward ?? 4 * hidden,
            ContextLength = context,
            NormEpsilon = 1e-5,
            Norm = NormKind.LayerNorm,
            Positions = PositionKind.Learned,
            Activation = ActivationKind.GeluTanh,
            AttentionBias = true,
            OutputBias = true,
            FeedForwardBias = true,
            TiedEmbeddings = true,
        }.Validate();

    /// <summary>Checks that the sizes fit together.</summary>
    /// <returns>This record.</returns>
    /// <exception cref="ArgumentException">kvHeads does not divide heads, headDim is odd under rotary
    /// positions, or a width overflows.</exception>
    public DecoderConfig Validate()
    {
        if (Heads % KeyValueHeads != 0)
            throw new ArgumentException(
                $"KeyValueHeads is {KeyValueHeads}; it must divide Heads ({Heads}), as each key head serves equally many query heads.");
        if (Positions == PositionKind.Rotary && HeadDim % 2 != 0)
            throw new ArgumentException($"HeadDim is {HeadDim}; rotary positions turn channels in pairs, so it must be even.");
        if (RotaryDim is { } turned && (turned % 2 != 0 || turned > HeadDim))
            throw new ArgumentException($"RotaryDim is {turned}; it must be even and at most HeadDim ({HeadDim}).");
        if (RopeScaling is LongRopeScaling { ShortFactors.Count: var pairs } && pairs != (RotaryDim ?? HeadDim) / 2)
            throw new ArgumentException(
                $"RopeScaling has {pairs} factors; each of the {(RotaryDim ?? HeadDim) / 2} rotated pairs of channels needs one.");
        if (LayerKinds is { } kinds && kinds.Count != Layers)
            throw new ArgumentException($"LayerKinds names {kinds.Count} layers; there are {Layers}.");
        if (SlidingWindow is null && Enumerable.Range(0, LayerKinds?.Count ?? 0).Any(layer => KindOf(layer).HasWindow()))
            throw new ArgumentException("LayerKinds names windowed layers and SlidingWindow is null. Set SlidingWindow.");
        if ((long)Heads * HeadDim > int.MaxValue)
            throw new ArgumentException($"Heads ({Heads}) x HeadDim ({HeadDim}) overflows. Use smaller sizes.");
        return this;
    }

    private static int Split(int hidden, int heads) => heads >= 1 && hidden % heads == 0
        ? hidden / heads
        : throw new ArgumentException(
            $"HiddenSize is {hidden}; it must be a multiple of Heads ({heads}). Set HeadDim apart where heads have another width.");

    private static int Positive(int value, [CallerMemberName] string name = "") =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 1 or more.");

    private static double Positive(double value, [CallerMemberName] string name = "") =>
        value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be finite and more than 0.");
}

/// <summary>How a vector is brought to unit scale before a sublayer.</summary>
public enum NormKind
{
    /// <summary>Divide by the root mean square, then scale. Zhang and Sennrich 2019, arXiv:1910.07467.</summary>
    RmsNorm,

    /// <summary>RMSNorm whose weight is added to 1. Gemma: arXiv:2403.08295.</summary>
    OffsetRmsNorm,

    /// <summary>Subtract the mean, divide by the standard deviation, then scale and shift. Ba et al. 2016, arXiv:1607.06450.</summary>
    LayerNorm,
}

/// <summary>How a token learns where it stands.</summary>
public enum PositionKind
{
    /// <summary>Queries and keys are rotated by an angle that grows with the position. Su et al. 2021, arXiv:2104.09864.</summary>
    Rotary,

    /// <summary>A learned vector for each position is added to the embedding. Radford et al. 2018.</summary>
    Learned,
}

/// <summary>Where the norms of a layer stand.</summary>
public enum NormPlacement
{
    /// <summary>On the inputs of attention and feed-forward network. Xiong et al. 2020, arXiv:2002.04745.</summary>
    Before,

    /// <summary>On their outputs, inside the residual branch. Liu et al. 2022, arXiv:2111.09883; OLMo 2: arXiv:2501.00656.</summary>
    After,

    /// <summary>On both. Ding et al. 2021, arXiv:2105.13290; Gemma 2: arXiv:2408.00118.</summary>
    Around,
}

/// <summary>Over what queries and keys are brought to unit scale.</summary>
public enum QueryKeyNorm
{
    /// <summary>They are not.</summary>
    None,

    /// <summary>Over each head, with one gain of headDim for all heads. Qwen3: arXiv:2505.09388.</summary>
    EachHead,

    /// <summary>Over all heads side by side. OLMo 2: arXiv:2501.00656.</summary>
    AllHeads,
}
