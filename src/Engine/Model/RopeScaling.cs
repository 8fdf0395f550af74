namespace LlmRabbitHoles.Model;

/// <summary>How rotary frequencies are stretched so that a model reads further than it was pretrained for.</summary>
public abstract record RopeScaling
{
    private protected RopeScaling(double factor) =>
        Factor = factor >= 1 && double.IsFinite(factor) ? factor : throw new ArgumentOutOfRangeException(
            nameof(factor), factor, "The rope scaling factor must be finite and 1 or more.");

    /// <summary>How many times longer the context becomes. At least 1.</summary>
    public double Factor { get; }

    /// <summary>Multiplies cosines and sines, so that queries and keys grow and the softmax over a longer text stays sharp. 1 unless
    /// the scaling has one.</summary>
    public virtual double Magnitude => 1;

    /// <summary>The stretched frequencies of all pairs of channels.</summary>
    /// <param name="frequencies">[rotaryDim / 2] radians a position, before scaling; each more than 0.</param>
    /// <returns>[rotaryDim / 2] radians a position.</returns>
    public abstract IReadOnlyList<double> Scale(IReadOnlyList<double> frequencies);

    private protected static double PositiveMagnitude(double magnitude) => magnitude > 0 && double.IsFinite(magnitude)
        ? magnitude
        : throw new ArgumentOutOfRangeException(nameof(magnitude), magnitude, "The magnitude must be finite and more than 0.");
}

/// <summary>Each frequency divided by a factor of its own, as GGUF files list them.</summary>
/// <remarks>Ding et al. 2024, arXiv:2402.13753.</remarks>
public sealed record PairRopeScaling : RopeScaling
{
    /// <summary>Divides each frequency by its factor.</summary>
    /// <param name="factors">[headDim / 2], each more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is not more than 0.</exception>
    public PairRopeScaling(IReadOnlyList<double> factors)
        : base(1)
    {
        ArgumentNullException.ThrowIfNull(factors);
        foreach (var factor in factors)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor, nameof(factors));
            if (!double.IsFinite(factor)) throw new ArgumentOutOfRangeException(nameof(factors), factor, "A rope factor must be finite.");
        }
        Factors = factors;
    }

    /// <summary>[headDim / 2], from the fastest pair to the slowest.</summary>
    public IReadOnlyList<double> Factors { get; }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">There are more or fewer frequencies than factors.</exception>
    public override IReadOnlyList<double> Scale(IReadOnlyList<double> frequencies) => frequencies?.Count == Factors.Count
        ? [.. frequencies.Zip(Factors, (frequency, factor) => frequency / factor)]
        : throw new ArgumentException($"There are {Factors.Count} rope factors and {frequencies?.Count} pairs of channels.");

    /// <inheritdoc />
    public bool Equals(PairRopeScaling? other) => other is not null && Factors.SequenceEqual(other.Factors);

    /// <inheritdoc />
    public override int GetHashCode() => Factors.Count == 0 ? 0 : HashCode.Combine(Factors.Count, Factors[0], Factors[^1]);
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
    public override IReadOnlyList<double> Scale(IReadOnlyList<double> frequencies) => [.. frequencies.Select(f => f / Factor)];
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
    public override IReadOnlyList<double> Scale(IReadOnlyList<double> frequencies) => [.. frequencies.Select(Scale)];

    private double Scale(double frequency)
    {
        var turns = OriginalContextLength * frequency / (2 * Math.PI);
        var keep = Math.Clamp((turns - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor), 0, 1);
        return ((1 - keep) * frequency / Factor) + (keep * frequency);
    }
}
