namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Completions for a part of the code.</summary>
/// <param name="Start">Where the piece starts, in UTF-16 units.</param>
/// <param name="End">Behind its end: the cursor.</param>
/// <param name="Items">Only what begins like the piece, or has words in it that do, likeliest first.</param>
public sealed record CompletionList(int Start, int End, IReadOnlyList<CompletionItem> Items);
