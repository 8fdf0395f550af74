namespace LlmRabbitHoles.Model;

/// <summary>How rotary frequencies are stretched so that a model reads further than it was pretrained for.</summary>
public abstract record RopeScaling
{
    private protected RopeScaling(double factor) =>
        Factor = factor >= 1 && double.IsFinite(factor) ? factor : throw new ArgumentOutOfRangeException(
            nameof(factor), factor, "The rope scaling factor must be finite and 1 or more.");

    /// <summary>How many times longer the context becomes. At least 1.</summary>
    public double Factor { get; }

    /// <summary>The stretched frequency of one pair of channels.</summary>
    /// <param name="frequency">Radians a position, before scaling; more than 0.</param>
    /// <returns>Radians a position.</returns>
    public abstract double Scale(double frequency);
}

/// <summary>Every frequency divided by one factor: position interpolation.</summary>
/// <remarks>Chen et al. 2023, arXiv:2306.15595.</remarks>
public sealed record LinearRopeScaling : RopeScaling
{
    /// <summary>Divides every frequency by <paramref name="factor"/>.</summary>
    /// <param name="factor">How many times longer the context becomes. At least 1.</param>
    public LinearRopeScaling(double factor)
        : base(factor)
    {
    }

    /// <inheritdoc />
    public override double Scale(double frequency) => frequency / Factor;
}

/// <summary>Llama 3.1's scaling: slow pairs are divided by the factor, fast pairs are left, pairs between are blended.</summary>
/// <remarks>Grattafiori et al. 2024, arXiv:2407.21783. A pair is slow or fast by how many turns it
/// makes over the pretraining context.</remarks>
public sealed record Llama3RopeScaling : RopeScaling
{
    /// <summary>Divides the slow frequencies only.</summary>
    /// <param name="factor">How many times longer the context becomes. At least 1.</param>
    /// <param name="lowFrequencyFactor">Pairs with fewer turns than this over the pretraining context are divided. More than 0.</param>
    /// <param name="highFrequencyFactor">Pairs with more turns than this are left. More than <paramref name="lowFrequencyFactor"/>.</param>
    /// <param name="originalContextLength">The context of pretraining, in tokens. At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public Llama3RopeScaling(double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalContextLength)
        : base(factor)
    {
        if (!(lowFrequencyFactor > 0 && highFrequencyFactor > lowFrequencyFactor && double.IsFinite(highFrequencyFactor)))
            throw new ArgumentOutOfRangeException(nameof(lowFrequencyFactor), lowFrequencyFactor,
                $"The low frequency factor must be more than 0 and less than the high frequency factor ({highFrequencyFactor}).");
        ArgumentOutOfRangeException.ThrowIfLessThan(originalContextLength, 1);
        LowFrequencyFactor = lowFrequencyFactor;
        HighFrequencyFactor = highFrequencyFactor;
        OriginalContextLength = originalContextLength;
    }

    /// <summary>Pairs with fewer turns than this over the pretraining context are divided by the factor.</summary>
    public double LowFrequencyFactor { get; }

    /// <summary>Pairs with more turns than this over the pretraining context are left as they are.</summary>
    public double HighFrequencyFactor { get; }

    /// <summary>The context of pretraining, in tokens.</summary>
    public int OriginalContextLength { get; }

    /// <inheritdoc />
    public override double Scale(double frequency)
    {
        var turns = OriginalContextLength * frequency / (2 * Math.PI);
        var keep = Math.Clamp((turns - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor), 0, 1);
        return ((1 - keep) * frequency / Factor) + (keep * frequency);
    }
}
