namespace LlmRabbitHoles.CommandLine;

/// <summary>What <c>tokenize --format json</c> prints: ids, and the readable text of each.</summary>
internal sealed record TokensJson(IReadOnlyList<int> Ids, IReadOnlyList<string> Pieces);
