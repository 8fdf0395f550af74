namespace LlmRabbitHoles.Training;

/// <summary>The size and the speed of a training run.</summary>
/// <param name="Parameters">The parameter count of the model.</param>
/// <param name="Tokens">Tokens read in this run, padding included.</param>
/// <param name="Elapsed">Time from the first step to the last.</param>
public sealed record TrainingResult(long Parameters, long Tokens, TimeSpan Elapsed)
{
    /// <summary>Tokens read per second.</summary>
    public double TokensPerSecond => Elapsed > TimeSpan.Zero ? Tokens / Elapsed.TotalSeconds : 0;

    /// <summary>Floating-point operations per second of the matrix products: 6 for each parameter and token, 2 forward and 4 backward.
    /// Attention over the context is not counted.</summary>
    /// <remarks>Kaplan et al. 2020, arXiv:2001.08361, section 2.1.</remarks>
    public double Flops => 6.0 * Parameters * TokensPerSecond;
}
