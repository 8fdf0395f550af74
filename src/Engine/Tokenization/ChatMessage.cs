namespace LlmRabbitHoles.Tokenization;

/// <summary>One turn of a chat.</summary>
/// <param name="Role">Who speaks: system, user, assistant or tool.</param>
/// <param name="Content">What is said.</param>
public sealed record ChatMessage(string Role, string Content);
