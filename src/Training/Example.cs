namespace LlmRabbitHoles.Training;

/// <summary>A text as the trainer sees it.</summary>
/// <param name="Tokens">Its ids, the last of them an end token.</param>
/// <param name="Learn">For each token whether its prediction counts in the loss; the first token's never
/// does, as nothing stands before it.</param>
public sealed record Example(int[] Tokens, bool[] Learn);
