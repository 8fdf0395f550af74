namespace LlmRabbitHoles.Training;

/// <summary>The state of a training run after a step.</summary>
/// <param name="Step">Steps made, including those before a resume.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Loss">Mean negative log likelihood of this step's tokens, in nats.</param>
/// <param name="ValidationLoss">The same on held-out texts; null where it was not measured after this step.</param>
/// <param name="LearningRate">This step's.</param>
/// <param name="Tokens">Tokens read since this run began.</param>
/// <param name="Elapsed">Time since this run began.</param>
/// <param name="Remaining">Time left at this pace.</param>
public sealed record TrainingProgress(
    int Step, int Steps, double Loss, double? ValidationLoss, double LearningRate, long Tokens, TimeSpan Elapsed, TimeSpan Remaining)
{
    /// <summary>Tokens read per second.</summary>
    public double TokensPerSecond => Elapsed > TimeSpan.Zero ? Tokens / Elapsed.TotalSeconds : 0;
}
