using System.IO.Enumeration;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Jupyter.Messages;

namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>The cells of this run of the kernel, with the text of their results.</summary>
internal sealed class ExecutionHistory
{
    /// <summary>Jupyter counts sessions, across restarts; this history knows its own only.</summary>
    private const int Session = 1;

    private readonly List<Entry> _entries = [];

    /// <summary>Remembers a cell that ran.</summary>
    public void Add(int executionCount, string code, string? result) => _entries.Add(new Entry(executionCount, code, result));

    /// <summary>The content of a history_reply.</summary>
    public JsonObject Answer(JupyterRequest request)
    {
        var withOutput = request.Flag("output", otherwise: false);
        var entries = request.Text("hist_access_type") switch
        {
            "range" => Range(request),
            "search" => Search(request),
            _ => _entries.TakeLast(request.Number("n") ?? int.MaxValue),
        };
        return new()
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([.. entries.Select(JsonNode (entry) => entry.ToJson(withOutput))]),
        };
    }

    private IEnumerable<Entry> Range(JupyterRequest request)
    {
        // 0 is the running session, and negative ones are before it.
        if (request.Number("session") is not (null or 0 or Session))
            return [];
        var (start, stop) = (request.Number("start") ?? 0, request.Number("stop") ?? int.MaxValue);
        return _entries.Where(entry => entry.Count >= start && entry.Count < stop);
    }

    /// <summary>The pattern is a glob: * and ? stand for anything.</summary>
    private IEnumerable<Entry> Search(JupyterRequest request)
    {
        var pattern = request.Text("pattern", "*");
        var found = _entries.Where(entry => FileSystemName.MatchesSimpleExpression(pattern, entry.Code, ignoreCase: false));
        if (request.Flag("unique", otherwise: false))
            found = found.Reverse().DistinctBy(entry => entry.Code).Reverse();
        return found.TakeLast(request.Number("n") ?? int.MaxValue);
    }

    private sealed record Entry(int Count, string Code, string? Result)
    {
        public JsonArray ToJson(bool withOutput) =>
            new JsonArray(Session, Count, withOutput ? new JsonArray(Code, Result) : Code);
    }
}
