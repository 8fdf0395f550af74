namespace LlmRabbitHoles.Training.Tests;

public class LearningRateScheduleTests
{
    private readonly LearningRateSchedule _schedule = new(Peak: 1, WarmUpSteps: 10, Steps: 110, FinalShare: 0.1);

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(9, 1.0)]
    [InlineData(10, 1.0)]
    [InlineData(60, 0.55)]       // halfway down: the mean of 1 and 0.1
    [InlineData(110, 0.1)]
    [InlineData(500, 0.1)]
    public void TheRateRisesLinearlyAndFallsAlongACosine(int step, double rate) => Assert.Equal(rate, _schedule.At(step), 1e-12);

    [Theory]
    [InlineData(9, 1.0)]
    [InlineData(10, 1.0)]
    [InlineData(60, 1.0)]        // 10 + half of 100
    [InlineData(85, 0.55)]       // halfway down from 60 to 110
    [InlineData(110, 0.1)]
    public void ASteadyRateStaysBeforeItFalls(int step, double rate) =>
        Assert.Equal(rate, (_schedule with { SteadyShare = 0.5 }).At(step), 1e-12);
}
