namespace LlmRabbitHoles.Model;

/// <summary>YaRN: pairs that turn often are left, pairs that turn seldom are divided by the factor, those between are blended by their
/// place; and queries and keys grow by a magnitude, which sharpens the softmax over the longer text.</summary>
/// <remarks>Peng et al. 2023, arXiv:2309.00071, sections 3.2 and 3.4.</remarks>
public sealed record YarnRopeScaling : RopeScaling
{
    /// <summary>Scales by parts.</summary>
    /// <param name="factor">How many times longer the context becomes. At least 1.</param>
    /// <param name="originalContextLength">The context of pretraining, in tokens. At least 1.</param>
    /// <param name="betaFast">Pairs with more turns than this over the pretraining context are left. More than
    /// <paramref name="betaSlow"/>.</param>
    /// <param name="betaSlow">Pairs with fewer turns than this are divided by the factor. More than 0.</param>
    /// <param name="magnitude">Multiplies cosines and sines; null: 0.1 ln(factor) + 1.</param>
    /// <param name="wholePairs">Whether the blend begins and ends at whole pairs.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public YarnRopeScaling(
        double factor, int originalContextLength, double betaFast = 32, double betaSlow = 1, double? magnitude = null,
        bool wholePairs = true)
        : base(factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(originalContextLength, 1);
        if (!(betaSlow > 0 && betaFast > betaSlow && double.IsFinite(betaFast)))
            throw new ArgumentOutOfRangeException(
                nameof(betaSlow), betaSlow, $"betaSlow must be more than 0 and less than betaFast ({betaFast}).");
        (OriginalContextLength, BetaFast, BetaSlow, WholePairs) = (originalContextLength, betaFast, betaSlow, wholePairs);
        Magnitude = PositiveMagnitude(magnitude ?? DefaultMagnitude(factor, 1));
    }

    /// <summary>The context of pretraining, in tokens.</summary>
    public int OriginalContextLength { get; }

    /// <summary>Pairs with more turns than this over the pretraining context are left as they are.</summary>
    public double BetaFast { get; }

    /// <summary>Pairs with fewer turns than this over the pretraining context are divided by the factor.</summary>
    public double BetaSlow { get; }

    /// <summary>Whether the blend begins and ends at whole pairs, as in the paper's code.</summary>
    public bool WholePairs { get; }

    /// <inheritdoc />
    public override double Magnitude { get; }

    /// <summary>0.1 scale ln(factor) + 1: what the paper found best, with a scale that DeepSeek added.</summary>
    internal static double DefaultMagnitude(double factor, double scale) => factor <= 1 ? 1 : (0.1 * scale * Math.Log(factor)) + 1;

    /// <inheritdoc />
    public override IReadOnlyList<double> Scale(IReadOnlyList<double> frequencies)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        // Frequencies fall by the same ratio from pair to pair, so a number of turns has a place between two pairs.
        var ratio = frequencies.Count > 1 ? Math.Log(frequencies[0] / frequencies[1]) : double.PositiveInfinity;
        double PairOf(double turns) => Math.Log(OriginalContextLength * frequencies[0] / (turns * 2 * Math.PI)) / ratio;
        var (first, last) = (PairOf(BetaFast), PairOf(BetaSlow));
        if (WholePairs) (first, last) = (Math.Floor(first), Math.Ceiling(last));
        (first, last) = (Math.Max(first, 0), Math.Min(last, (2 * frequencies.Count) - 1));
        if (first == last) last += 0.001;
        return [.. frequencies.Select((frequency, pair) =>
        {
            var divided = Math.Clamp((pair - first) / (last - first), 0, 1);
            return (divided * frequency / Factor) + ((1 - divided) * frequency);
        })];
    }
}
