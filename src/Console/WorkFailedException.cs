namespace LlmRabbitHoles.CommandLine;

/// <summary>The work cannot be done, for a reason that one sentence explains: exit code 1.</summary>
internal sealed class WorkFailedException(string message) : Exception(message);
