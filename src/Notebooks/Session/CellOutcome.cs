namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>How the run of a cell ended.</summary>
/// <param name="Succeeded">False when it was refused by the compiler, threw, or was interrupted.</param>
/// <param name="ExecutionCount">1 for the session's first cell; null for a cell without code.</param>
/// <param name="Elapsed">From the request to the last output, compilation included.</param>
public sealed record CellOutcome(bool Succeeded, int? ExecutionCount, TimeSpan Elapsed);
