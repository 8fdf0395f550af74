namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Progress of one part of the work.</summary>
internal sealed class PartialProgress(IProgress<double>? whole, double from, double share) : IProgress<double>
{
    public void Report(double value) => whole?.Report(from + value * share);
}
