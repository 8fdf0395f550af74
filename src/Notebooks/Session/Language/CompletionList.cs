namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Completions for a part of the code.</summary>
/// <param name="Start">Where the piece starts, in UTF-16 units.</param>
/// <param name="End">Behind its end: the cursor.</param>
/// <param name="Items">Only what begins like the piece, or has words in it that do, likeliest first.</param>
public sealed record CompletionList(int Start, int End, IReadOnlyList<CompletionItem> Items);

/// <summary>One way to go on.</summary>
/// <param name="Text">What replaces the typed piece.</param>
/// <param name="Kind">
/// class, constant, delegate, enum, event, field, interface, keyword, local, method, namespace, parameter, property or struct.
/// A session's variable is a local.
/// </param>
/// <param name="Detail">Its declaration on one line; empty for a keyword.</param>
public sealed record CompletionItem(string Text, string Kind, string Detail)
{
    /// <summary>The name that a list shows. Text may have more: a namespace or a body.</summary>
    public string Label { get; init; } = Text;

    /// <summary>Its author's summary, as Markdown; empty when nothing was found, and for items far down in a long list.</summary>
    public string Documentation { get; init; } = "";
}
