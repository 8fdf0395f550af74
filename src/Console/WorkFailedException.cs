namespace LlmRabbitHoles.CommandLine;

/// <summary>Thrown when the work cannot be done, for a reason that one sentence explains: exit code 1.</summary>
internal sealed class WorkFailedException(string message, Exception? inner = null) : Exception(message, inner);
