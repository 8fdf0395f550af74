namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// One rule of byte-pair encoding: where <paramref name="Left"/> stands before <paramref name="Right"/>, they become
/// <paramref name="Result"/>.
/// </summary>
/// <param name="Rank">Its place in the list; the lowest rank that applies goes first.</param>
/// <param name="Left">Token id.</param>
/// <param name="Right">Token id.</param>
/// <param name="Result">Token id of the two joined.</param>
public readonly record struct Merge(int Rank, int Left, int Right, int Result);
