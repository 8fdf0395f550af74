namespace LlmRabbitHoles.Training;

/// <summary>One text to learn from.</summary>
/// <param name="Tokens">Its ids, the last of them an end token.</param>
/// <param name="Learn">For each token, whether its prediction counts in the loss; never for the first token,
/// because nothing comes before it.</param>
public sealed record Example(int[] Tokens, bool[] Learn);
