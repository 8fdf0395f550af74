namespace LlmRabbitHoles.Chat;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">Who speaks: system, user, assistant or tool.</param>
/// <param name="Content">The text.</param>
public sealed record ChatMessage(string Role, string Content)
{
    /// <summary>
    /// Further fields that a template may look at: tool_calls, name, reasoning_content. Values are null, bool, numbers, strings,
    /// lists, dictionaries with string keys, or JSON.
    /// </summary>
    public IReadOnlyDictionary<string, object?>? Extra { get; init; }
}
