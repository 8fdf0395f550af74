using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Notebooks.Documents;

/// <summary>One cell of a notebook: code, Markdown or raw text.</summary>
public abstract class Cell
{
    /// <summary>1 to 64 letters, digits, hyphens or underscores, unique in its notebook.</summary>
    public required string Id { get; init; }

    /// <summary>The cell's text, lines divided by "\n".</summary>
    public required string Source { get; set; }

    /// <summary>What tools have stored about this cell; kept unchanged.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>The tags that the cell's metadata hold.</summary>
    public IReadOnlyList<string> Tags => Metadata["tags"] is JsonArray tags
        ? [.. tags.OfType<JsonValue>().Select(tag => tag.TryGetValue<string>(out var name) ? name : null).OfType<string>()]
        : [];

    /// <summary>Properties unknown to this library (attachments, additions of later formats); kept unchanged.</summary>
    public JsonObject Unknown { get; init; } = [];
}

/// <summary>A cell of text for the reader.</summary>
public sealed class MarkdownCell : Cell;

/// <summary>A raw cell: it is neither run nor rendered.</summary>
public sealed class RawCell : Cell;

/// <summary>A cell that the kernel runs.</summary>
public sealed class CodeCell : Cell
{
    /// <summary>Counts from 1 for the first cell that ran in its session; null when the cell has not run.</summary>
    public int? ExecutionCount { get; set; }

    /// <summary>What the last run showed, in order.</summary>
    public IList<CellOutput> Outputs { get; init; } = [];

    /// <summary>True when there is nothing to run.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Source);

    /// <summary>The kernel that the cell's metadata names, such as "csharp"; null when they name none.</summary>
    public string? Language =>
        NameIn("polyglot_notebook", "kernelName") ?? NameIn("dotnet_interactive", "language");

    private string? NameIn(string section, string key) =>
        Metadata[section] is JsonObject found && found[key] is JsonValue value && value.TryGetValue<string>(out var name) ? name : null;
}
