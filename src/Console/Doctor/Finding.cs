namespace LlmRabbitHoles.CommandLine;

/// <summary>One line of the doctor's report.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Found">What is there.</param>
/// <param name="Remedy">How to fix it; <see langword="null"/> if nothing is wrong.</param>
internal sealed record Finding(string Subject, string Found, string? Remedy = null)
{
    public bool IsWell => Remedy is null;
}
