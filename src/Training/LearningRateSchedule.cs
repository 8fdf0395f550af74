namespace LlmRabbitHoles.Training;

/// <summary>The learning rate rises linearly while the optimizer's averages are still rough. Then it stays, and at last it falls along
/// half a cosine.</summary>
/// <remarks>Loshchilov and Hutter 2016, arXiv:1608.03983, eq. 5; warm-up: Goyal et al. 2017, arXiv:1706.02677; a steady rate before the
/// fall, so that a run can be ended earlier or later than planned: Hagele et al. 2024, arXiv:2405.18392.</remarks>
/// <param name="Peak">The highest rate.</param>
/// <param name="WarmUpSteps">Steps until the rate reaches its peak.</param>
/// <param name="Steps">The number of steps, warm-up included.</param>
/// <param name="FinalShare">The last rate as a share of the peak.</param>
/// <param name="SteadyShare">The share of the steps after the warm-up that keep the peak.</param>
public sealed record LearningRateSchedule(
    double Peak, int WarmUpSteps, int Steps, double FinalShare = 0.05, double SteadyShare = 0)
{
    /// <summary>The rate of a step. Steps count from 0.</summary>
    public double At(int step)
    {
        if (step < WarmUpSteps) return Peak * (step + 1) / WarmUpSteps;
        var fallFrom = WarmUpSteps + (SteadyShare * (Steps - WarmUpSteps));
        var done = Math.Clamp((step - fallFrom) / Math.Max(1.0, Steps - fallFrom), 0, 1);
        return Peak * (FinalShare + ((1 - FinalShare) * (1 + Math.Cos(Math.PI * done)) / 2));
    }
}
