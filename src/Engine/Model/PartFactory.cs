using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Model;

/// <summary>Makes the parts of a decoder. The configuration says which parts, the weight source gives their weights, and the
/// arithmetic decides how they compute; no forward has a branch for any of them.</summary>
internal sealed class PartFactory
{
    private readonly IWeightSource _weights;
    private readonly IArithmetic _arithmetic;
    private readonly string _prefix;

    /// <summary>A factory at the root of the model.</summary>
    /// <param name="config">What to build.</param>
    /// <param name="weights">Where the weights come from.</param>
    /// <param name="arithmetic">How the parts compute.</param>
    public PartFactory(DecoderConfig config, IWeightSource weights, IArithmetic arithmetic)
        : this(config, weights, arithmetic, "")
    {
    }

    private PartFactory(DecoderConfig config, IWeightSource weights, IArithmetic arithmetic, string prefix)
    {
        Config = config;
        _weights = weights;
        _arithmetic = arithmetic;
        _prefix = prefix;
    }

    /// <summary>What is being built.</summary>
    public DecoderConfig Config { get; }

    /// <summary>The factory of a part: it puts the part's name before each name that it is asked for.</summary>
    public PartFactory In(string part) => new(Config, _weights, _arithmetic, $"{_prefix}{part}.");

    /// <summary>One parameter.</summary>
    /// <param name="name">Its name within this part, such as <c>weight</c>.</param>
    /// <param name="shape">The shape needed.</param>
    public Parameter Weight(string name, params long[] shape) =>
        nn.Parameter(_weights.Get(_prefix + name, shape), requires_grad: false);

    /// <summary>A projection [..., inputs] -> [..., outputs].</summary>
    public nn.Module<Tensor, Tensor> Projection(string name, long inputs, long outputs, bool bias)
    {
        var part = In(name);
        var added = bias ? part.Weight("bias", outputs) : null;
        return part.Quantized(outputs, inputs) is { } matrix
            ? new QuantizedProjection(matrix, added)
            : _arithmetic.Projection(_prefix + name, part.Weight("weight", outputs, inputs), added);
    }

    /// <summary>The table of token vectors.</summary>
    public ITokenTable TokenTable()
    {
        var part = In("embed_tokens");
        return part.Quantized(Config.VocabularySize, Config.HiddenSize) is { } matrix
            ? new QuantizedTokenTable(matrix)
            : new TokenEmbedding(part.Weight("weight", Config.VocabularySize, Config.HiddenSize));
    }

    /// <summary>What tells the model where tokens stand.</summary>
    /// <param name="device">Where it computes.</param>
    public IPositions Positions(Device device) => (Config.Positions, Config.RopeScaling) switch
    {
        (PositionKind.Learned, _) => new LearnedPositions(In("embed_positions").Weight("weight", Config.ContextLength, Config.HiddenSize)),
        (_, LengthRopeScaling scaling) => new StretchedPositions(Config, scaling, device),
        _ => new RotaryPositions(Config, device),
    };

    /// <summary>What tells the tokens of windowed layers where they stand.</summary>
    /// <param name="usual">What tells those of all others.</param>
    /// <param name="device">Where the model computes.</param>
    public IPositions LocalPositions(IPositions usual, Device device) => Config.LocalRopeTheta is { } theta
        ? new RotaryPositions(Config with { RopeTheta = theta, RopeScaling = null }, device)
        : usual;

    private QuantizedMatrix? Quantized(long rows, long columns) => _weights.GetQuantized(_prefix + "weight", rows, columns);

    /// <summary>The nonlinearity that the configuration names.</summary>
    public Func<Tensor, Tensor> Activation() => _arithmetic.Activation(Config.Activation);

    /// <summary>What the configured nonlinearity makes of a gate and of what it lets through.</summary>
    public Func<Tensor, Tensor, Tensor> Gate() => _arithmetic.Gate(Config.Activation);

    /// <summary>The norm that the configuration names, over the last axis.</summary>
    /// <param name="name">Its name within this part.</param>
    /// <param name="size">Length of the last axis.</param>
    public nn.Module<Tensor, Tensor> Norm(string name, long size) => Config.Norm switch
    {
        NormKind.RmsNorm => _arithmetic.RmsNorm(In(name).Weight("weight", size), Config.NormEpsilon),
        NormKind.OffsetRmsNorm => new OffsetRmsNorm(In(name).Weight("weight", size), Config.NormEpsilon),
        _ => new LayerNorm(In(name).Weight("weight", size), In(name).Weight("bias", size), Config.NormEpsilon),
    };
}
