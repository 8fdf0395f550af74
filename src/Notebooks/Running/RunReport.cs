using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>The report of a cell.</summary>
/// <param name="Number">1 for the first code cell that is not empty; its execution count.</param>
/// <param name="Elapsed">Wall time, including compilation.</param>
/// <param name="Outputs">What it showed.</param>
/// <param name="Error">Why it failed, in one line; null when it passed.</param>
public sealed record CellReport(int Number, TimeSpan Elapsed, IReadOnlyList<CellOutput> Outputs, string? Error);

/// <summary>The report of a notebook.</summary>
/// <param name="Path">The notebook's path, as given.</param>
/// <param name="Elapsed">Wall time, including the kernel's start.</param>
/// <param name="Cells">The cells that ran; the last is the one that failed, if one did.</param>
/// <param name="Error">Why it failed, with the cell's number; null when it passed.</param>
public sealed record NotebookReport(string Path, TimeSpan Elapsed, IReadOnlyList<CellReport> Cells, string? Error)
{
    /// <summary>Every cell ran to its end, and there was at least one.</summary>
    public bool Ok => Error is null;

    /// <summary>The problems that a check found after the run; each may have several lines.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The claims of the cells that ran.</summary>
    public IReadOnlyList<CellClaim> Claims { get; init; } = [];
}

/// <summary>The report of a run of notebooks.</summary>
/// <param name="Notebooks">One report per notebook, in the order of the run.</param>
public sealed record RunReport(IReadOnlyList<NotebookReport> Notebooks)
{
    /// <summary>How many notebooks ran to their end.</summary>
    public int Passed => Notebooks.Count(notebook => notebook.Ok);

    /// <summary>How many notebooks failed.</summary>
    public int Failed => Notebooks.Count - Passed;

    /// <summary>Writes the report as JSON: passed, failed, and of each notebook its path, ok, seconds, cells and error.</summary>
    public void Save(string path) => AsideFile.WriteAllText(path, JupyterJson.Serialize(ToJson()));

    /// <summary>Writes every claim of the run as JSON: notebook, cell, id, name, value, unit, band, device and text.</summary>
    public void SaveClaims(string path) => AsideFile.WriteAllText(path, JupyterJson.Serialize(new JsonObject
    {
        ["claims"] = new JsonArray([.. Notebooks.SelectMany(notebook => notebook.Claims.Select(claim => ToJson(notebook.Path, claim)))]),
    }));

    private static JsonObject ToJson(string notebook, CellClaim claim)
    {
        var json = claim.Claim.ToJson();
        json["notebook"] = notebook;
        json["cell"] = claim.Cell;
        return json;
    }

    private JsonObject ToJson() => new()
    {
        ["passed"] = Passed,
        ["failed"] = Failed,
        ["notebooks"] = new JsonArray([.. Notebooks.Select(notebook => new JsonObject
        {
            ["path"] = notebook.Path,
            ["ok"] = notebook.Ok,
            ["seconds"] = Math.Round(notebook.Elapsed.TotalSeconds, 3),
            ["cells"] = new JsonArray([.. notebook.Cells.Select(ToJson)]),
            ["error"] = notebook.Error,
            ["problems"] = new JsonArray([.. notebook.Problems.Select(problem => (JsonNode)problem)]),
        })]),
    };

    private static JsonObject ToJson(CellReport cell) => new()
    {
        ["number"] = cell.Number,
        ["ok"] = cell.Error is null,
        ["ms"] = Math.Round(cell.Elapsed.TotalMilliseconds, 1),
        ["error"] = cell.Error,
    };
}
