namespace LlmRabbitHoles.Model;

/// <summary>A scaling that depends on the length of a text: within the context of pretraining a model reads as it was pretrained.</summary>
/// <remarks>
/// A pass rotates its tokens for the length that their text has after it. Keys in a cache keep the rotation that they were written
/// with, as in transformers' forward, so a text that grows past the boundary token by token has other logits than the same text read at
/// once. A shorter text is again read by its own length.
/// </remarks>
public abstract record LengthRopeScaling : RopeScaling
{
    private protected LengthRopeScaling(double factor, int originalContextLength)
        : base(factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(originalContextLength, 1);
        OriginalContextLength = originalContextLength;
    }

    /// <summary>The longest text, in tokens, that is read as in pretraining.</summary>
    public int OriginalContextLength { get; }

    /// <inheritdoc />
    /// <remarks>Those of a text within the context of pretraining.</remarks>
    public override IReadOnlyList<double> Scale(IReadOnlyList<double> frequencies) => Scale(frequencies, 1);

    /// <summary>The frequencies for a text of some length.</summary>
    /// <param name="frequencies">[rotaryDim / 2] radians a position, before scaling; each more than 0.</param>
    /// <param name="length">Tokens of the text. At least 1.</param>
    /// <returns>[rotaryDim / 2] radians a position.</returns>
    public abstract IReadOnlyList<double> Scale(IReadOnlyList<double> frequencies, long length);
}

/// <summary>Dynamic NTK: the base of the frequencies grows with the text, so that fast pairs stay and the slowest turn as far as ever.
/// </summary>
/// <remarks>Peng et al. 2023, arXiv:2309.00071, section 3.1 and appendix A.1; there named "Dynamic NTK".</remarks>
public sealed record DynamicRopeScaling : LengthRopeScaling
{
    /// <summary>Stretches the base for texts beyond the context of pretraining.</summary>
    /// <param name="factor">By how much texts beyond it are stretched. At least 1.</param>
    /// <param name="originalContextLength">The context of pretraining, in tokens. At least 1.</param>
    public DynamicRopeScaling(double factor, int originalContextLength)
        : base(factor, originalContextLength)
    {
    }

    /// <inheritdoc />
    public override IReadOnlyList<double> Scale(IReadOnlyList<double> frequencies, long length)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        if (length <= OriginalContextLength || frequencies.Count < 2) return [.. frequencies];
        var stretch = (Factor * length / OriginalContextLength) - (Factor - 1);
        // The base times stretch^(d / (d - 2)) makes pair i slower by stretch^(i / (pairs - 1)).
        return [.. frequencies.Select((frequency, pair) => frequency * Math.Pow(stretch, -(double)pair / (frequencies.Count - 1)))];
    }
}

/// <summary>LongRoPE: each pair is divided by a factor of its own, one list for texts within the context of pretraining and another for
/// longer ones; queries and keys grow by one magnitude in both.</summary>
/// <remarks>Ding et al. 2024, arXiv:2402.13753; Phi-3: arXiv:2404.14219.</remarks>
public sealed record LongRopeScaling : LengthRopeScaling
{
    private readonly PairRopeScaling _short;
    private readonly PairRopeScaling _long;

    /// <summary>Divides by one of two lists.</summary>
    /// <param name="factor">How many times longer the context becomes. At least 1.</param>
    /// <param name="originalContextLength">The context of pretraining, in tokens. At least 1.</param>
    /// <param name="shortFactors">[rotaryDim / 2], each more than 0: for texts up to the context of pretraining.</param>
    /// <param name="longFactors">[rotaryDim / 2], each more than 0: for longer texts.</param>
    /// <param name="magnitude">Multiplies cosines and sines; null: sqrt(1 + ln(factor) / ln(originalContextLength)).</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public LongRopeScaling(
        double factor, int originalContextLength, IReadOnlyList<double> shortFactors, IReadOnlyList<double> longFactors,
        double? magnitude = null)
        : base(factor, originalContextLength)
    {
        (_short, _long) = (new(shortFactors), new(longFactors));
        if (shortFactors.Count != longFactors.Count)
            throw new ArgumentException(
                $"There are {shortFactors.Count} short and {longFactors.Count} long factors; each pair needs both.");
        Magnitude = PositiveMagnitude(
            magnitude ?? (factor <= 1 ? 1 : Math.Sqrt(1 + (Math.Log(factor) / Math.Log(originalContextLength)))));
    }

    /// <summary>[rotaryDim / 2], for texts up to the context of pretraining.</summary>
    public IReadOnlyList<double> ShortFactors => _short.Factors;

    /// <summary>[rotaryDim / 2], for longer texts.</summary>
    public IReadOnlyList<double> LongFactors => _long.Factors;

    /// <inheritdoc />
    public override double Magnitude { get; }

    /// <inheritdoc />
    public override IReadOnlyList<double> Scale(IReadOnlyList<double> frequencies, long length) =>
        (length > OriginalContextLength ? _long : _short).Scale(frequencies);
}
