namespace LlmRabbitHoles.Agents;

/// <summary>What a model wrote between its tool call tokens, read as JSON.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">Its arguments, numbers as they were written.</param>
public sealed record ToolCall(string Name, IReadOnlyDictionary<string, string> Arguments);
