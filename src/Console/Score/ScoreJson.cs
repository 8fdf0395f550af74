namespace LlmRabbitHoles.CommandLine;

/// <summary>What <c>score --format json</c> prints.</summary>
/// <param name="Tokens">Tokens that were predicted.</param>
/// <param name="NllPerToken">Mean negative natural logarithm of their probabilities.</param>
/// <param name="Perplexity">e to the power of that.</param>
/// <param name="BitsPerByte">The whole negative logarithm to base 2, over the bytes of the file.</param>
internal sealed record ScoreJson(int Tokens, double NllPerToken, double Perplexity, double BitsPerByte);
