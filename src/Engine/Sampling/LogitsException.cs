namespace LlmRabbitHoles.Sampling;

/// <summary>Logits that no token can be drawn from: not numbers, or beyond float32. The message says where they come from.</summary>
public sealed class LogitsException(string message) : ArithmeticException(message);
