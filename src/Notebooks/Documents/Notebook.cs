using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Notebooks.Documents;

/// <summary>A Jupyter notebook (nbformat 4) in memory.</summary>
/// <remarks>Format: nbformat 4.5, https://nbformat.readthedocs.io/en/latest/format_description.html.</remarks>
public sealed class Notebook
{
    /// <summary>The major version that is read and written.</summary>
    public const int Format = 4;

    /// <summary>The minor version that is written: the first in which cells have ids.</summary>
    public const int FormatMinor = 5;

    /// <summary>What tools have stored about the document; kept unchanged.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>Properties unknown to this library, beside cells and metadata; kept unchanged.</summary>
    public JsonObject Unknown { get; init; } = [];

    /// <summary>The cells, top to bottom.</summary>
    public IList<Cell> Cells { get; init; } = [];

    /// <summary>The cells to run, top to bottom.</summary>
    public IEnumerable<CodeCell> CodeCells => Cells.OfType<CodeCell>();

    /// <summary>A notebook without cells, with the metadata that the series writes: C#, for our kernel and the archived one.</summary>
    public static Notebook CreateCSharp() => new()
    {
        Metadata = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
            ["language_info"] = new JsonObject { ["name"] = "csharp" },
            ["polyglot_notebook"] = new JsonObject
            {
                ["kernelInfo"] = new JsonObject
                {
                    ["defaultKernelName"] = "csharp",
                    ["items"] = new JsonArray(
                        new JsonObject { ["aliases"] = new JsonArray(), ["languageName"] = "csharp", ["name"] = "csharp" }),
                },
            },
        },
    };

    /// <summary>A code cell with the metadata that the series writes on every one.</summary>
    public static CodeCell CreateCodeCell(string id, string source) => new()
    {
        Id = id,
        Source = source,
        Metadata = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" } },
    };
}
