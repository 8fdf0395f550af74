namespace LlmRabbitHoles.Tokenization;

/// <summary>How far a training has come: first the words are counted, then pairs are merged.</summary>
/// <param name="Characters">Characters read.</param>
/// <param name="DistinctWords">Different words among them.</param>
/// <param name="Tokens">Tokens made; 0 while words are counted.</param>
/// <param name="WantedTokens">Tokens to make.</param>
/// <param name="LastPiece">The token that was made last, as text; null while words are counted.</param>
public sealed record BpeTrainingProgress(long Characters, int DistinctWords, int Tokens, int WantedTokens, string? LastPiece);
