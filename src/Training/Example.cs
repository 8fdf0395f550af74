namespace LlmRabbitHoles.Training;

/// <summary>A text to learn from.</summary>
/// <param name="Tokens">Token ids; the last one is an end token.</param>
/// <param name="Learn">For each token, whether its prediction counts in the loss. The first token never counts, because no token
/// precedes it.</param>
public sealed record Example(int[] Tokens, bool[] Learn);
