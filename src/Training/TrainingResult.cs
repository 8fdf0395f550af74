namespace LlmRabbitHoles.Training;

/// <summary>The result of a training run.</summary>
/// <param name="Parameters">Of the model.</param>
/// <param name="Tokens">Read in this run.</param>
/// <param name="Elapsed">From the first step to the last.</param>
public sealed record TrainingResult(long Parameters, long Tokens, TimeSpan Elapsed)
{
    /// <summary>Tokens read per second.</summary>
    public double TokensPerSecond => Elapsed > TimeSpan.Zero ? Tokens / Elapsed.TotalSeconds : 0;

    /// <summary>Floating-point operations per second of the matrix products: 6 per parameter and token, 2 forward and 4 backward; those of
    /// attention over the context are not counted.</summary>
    /// <remarks>Kaplan et al. 2020, arXiv:2001.08361, section 2.1.</remarks>
    public double Flops => 6.0 * Parameters * TokensPerSecond;
}
