namespace LlmRabbitHoles.Lessons;

/// <summary>Thrown when a claim of a notebook does not hold. The message names the claim, the value found and the band.</summary>
public sealed class ClaimException(string message, Exception? inner = null) : Exception(message, inner);
