namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>How many of some trials succeeded, and what that says about the rate behind them.</summary>
/// <param name="Successes">Trials that succeeded.</param>
/// <param name="Trials">All of them.</param>
public readonly record struct SuccessRate(int Successes, int Trials)
{
    // 95 % of a normal variable lies within this many standard deviations.
    private const double Z = 1.959963984540054;

    /// <summary>Successes a trial, from 0 to 1; 0 where nothing was tried.</summary>
    public double Share => Trials == 0 ? 0 : (double)Successes / Trials;

    /// <summary>The rates that the observation leaves plausible at 95 %; all of them where nothing was tried.</summary>
    /// <remarks>Wilson 1927, "Probable Inference, the Law of Succession, and Statistical Inference". Right at 0 and 1 too.</remarks>
    public (double Low, double High) Interval
    {
        get
        {
            if (Trials == 0) return (0, 1);
            var spread = Z * Z / Trials;
            var middle = (Share + spread / 2) / (1 + spread);
            var half = Math.Sqrt(spread * (Share * (1 - Share) + spread / 4)) / (1 + spread);
            return (Math.Max(0, middle - half), Math.Min(1, middle + half));
        }
    }
}
