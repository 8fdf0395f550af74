namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>The outcome of a cell.</summary>
/// <param name="Succeeded">False when the compiler refused it, it threw, or it was interrupted.</param>
/// <param name="ExecutionCount">1 for the session's first cell; null for a cell without code.</param>
/// <param name="Elapsed">From the request to the last output, compilation included.</param>
public sealed record CellOutcome(bool Succeeded, int? ExecutionCount, TimeSpan Elapsed);
