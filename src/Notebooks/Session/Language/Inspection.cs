namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>A description of the code at a cursor.</summary>
/// <param name="Signature">Its declaration, as C#.</param>
/// <param name="Documentation">What its author says about it, as plain text; empty when nothing was found.</param>
/// <param name="MarkdownDocumentation">The same as Markdown.</param>
public sealed record Inspection(string Signature, string Documentation, string MarkdownDocumentation)
{
    /// <summary>Where the piece starts, in UTF-16 units.</summary>
    public int Start { get; init; }

    /// <summary>Behind its end.</summary>
    public int End { get; init; }

    /// <summary>All of it as text/plain.</summary>
    public string PlainText => Documentation.Length == 0 ? Signature : $"{Signature}\n\n{Documentation}";

    /// <summary>All of it as text/markdown.</summary>
    public string Markdown => MarkdownDocumentation.Length == 0
        ? $"```csharp\n{Signature}\n```"
        : $"```csharp\n{Signature}\n```\n\n{MarkdownDocumentation}";
}
