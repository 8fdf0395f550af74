namespace LlmRabbitHoles.CommandLine;

/// <summary>Thrown when options contradict each other or the chosen model: exit code 2.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);
