namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>What a name without a value stands for: it writes nothing and is false, but nothing can be done with it.</summary>
/// <param name="Description">What is missing, for error messages: <c>'tools' is undefined</c>.</param>
internal sealed record Undefined(string Description);
