namespace LlmRabbitHoles.CommandLine;

/// <summary>Options that contradict each other or the chosen model: exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
