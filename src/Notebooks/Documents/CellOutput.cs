using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Notebooks.Documents;

/// <summary>An output of a cell.</summary>
public abstract record CellOutput;

/// <summary>Text written to the console.</summary>
/// <param name="Name">"stdout" or "stderr".</param>
/// <param name="Text">The text, with consecutive pieces joined.</param>
public sealed record StreamOutput(string Name, string Text) : CellOutput;

/// <summary>A value that the cell displayed.</summary>
/// <param name="Data">Its representations.</param>
/// <param name="Metadata">Notes on them, by mime type.</param>
public sealed record DisplayOutput(MimeBundle Data, JsonObject Metadata) : CellOutput
{
    /// <summary>The id by which a later update names this display; null when it cannot be updated. Notebooks do not store it.</summary>
    public string? DisplayId { get; init; }

    /// <summary>Whether this replaces the earlier display with the same <see cref="DisplayId"/>.</summary>
    public bool IsUpdate { get; init; }
}

/// <summary>The value of the cell's trailing expression.</summary>
/// <param name="ExecutionCount">The count of the cell that gave it.</param>
/// <param name="Data">Its representations.</param>
/// <param name="Metadata">Notes on them, by mime type.</param>
public sealed record ResultOutput(int? ExecutionCount, MimeBundle Data, JsonObject Metadata) : CellOutput;

/// <summary>The error that ended a cell.</summary>
/// <param name="Name">The exception's type, or "CompilationError".</param>
/// <param name="Value">Its message.</param>
/// <param name="Traceback">Lines to show, the first naming the error.</param>
public sealed record ErrorOutput(string Name, string Value, IReadOnlyList<string> Traceback) : CellOutput;
