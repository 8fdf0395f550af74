namespace LlmRabbitHoles.Training;

/// <summary>The learning rate rises linearly while the optimizer's averages are still rough. Then it falls along half a cosine.</summary>
/// <remarks>Loshchilov and Hutter 2016, arXiv:1608.03983, eq. 5; warm-up: Goyal et al. 2017, arXiv:1706.02677.</remarks>
/// <param name="Peak">The highest rate.</param>
/// <param name="WarmUpSteps">Steps until the rate reaches its peak.</param>
/// <param name="Steps">The number of steps, warm-up included.</param>
/// <param name="FinalShare">The last rate as a share of the peak.</param>
public sealed record LearningRateSchedule(double Peak, int WarmUpSteps, int Steps, double FinalShare = 0.05)
{
    /// <summary>The rate of a step. Steps count from 0.</summary>
    public double At(int step)
    {
        if (step < WarmUpSteps) return Peak * (step + 1) / WarmUpSteps;
        var done = Math.Min(1, (step - WarmUpSteps) / Math.Max(1.0, Steps - WarmUpSteps));
        return Peak * (FinalShare + ((1 - FinalShare) * (1 + Math.Cos(Math.PI * done)) / 2));
    }
}
