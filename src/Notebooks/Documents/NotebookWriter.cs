using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Notebooks.Documents;

/// <summary>
/// Writes .ipynb files of nbformat 4.5 as Jupyter and VS Code do: keys sorted, texts as arrays of lines, one space per level.
/// </summary>
public static class NotebookWriter
{
    /// <summary>
    /// Writes the file completely or not at all: to a temporary file first, which is then renamed. Creates missing folders.
    /// </summary>
    public static void Write(Notebook notebook, string path) => AsideFile.WriteAllText(path, ToText(notebook));

    /// <summary>The file's text, ending in a newline.</summary>
    public static string ToText(Notebook notebook)
    {
        var root = Copy(notebook.Unknown);
        root["cells"] = new JsonArray([.. notebook.Cells.Select(ToJson)]);
        root["metadata"] = notebook.Metadata.DeepClone();
        root["nbformat"] = Notebook.Format;
        root["nbformat_minor"] = Notebook.FormatMinor;
        return JupyterJson.Serialize(root);
    }

    private static JsonNode ToJson(Cell cell)
    {
        var json = Copy(cell.Unknown);
        json["id"] = cell.Id;
        json["metadata"] = cell.Metadata.DeepClone();
        json["source"] = Lines(cell.Source);
        json["cell_type"] = cell switch { CodeCell => "code", MarkdownCell => "markdown", _ => "raw" };
        if (cell is CodeCell code)
        {
            json["execution_count"] = code.ExecutionCount;
            json["outputs"] = new JsonArray([.. code.Outputs.Select(ToJson)]);
        }

        return json;
    }

    private static JsonNode ToJson(CellOutput output) => output switch
    {
        StreamOutput stream => new JsonObject { ["output_type"] = "stream", ["name"] = stream.Name, ["text"] = Lines(stream.Text) },
        DisplayOutput display => new JsonObject
        {
            ["output_type"] = "display_data", ["data"] = ToJson(display.Data), ["metadata"] = display.Metadata.DeepClone(),
        },
        ResultOutput result => new JsonObject
        {
            ["output_type"] = "execute_result", ["data"] = ToJson(result.Data), ["metadata"] = result.Metadata.DeepClone(),
            ["execution_count"] = result.ExecutionCount,
        },
        ErrorOutput error => new JsonObject
        {
            ["output_type"] = "error", ["ename"] = error.Name, ["evalue"] = error.Value,
            ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
        },
        _ => throw new ArgumentException($"{output.GetType()} is not an output that nbformat knows.", nameof(output)),
    };

    private static JsonObject ToJson(MimeBundle data)
    {
        var json = new JsonObject();
        foreach (var (mimeType, value) in data)
            json[mimeType] = data[mimeType] is { } text && IsLines(mimeType) ? Lines(text) : value?.DeepClone();
        return json;
    }

    /// <summary>Text is kept as lines, so that differences read well; JSON as JSON; encoded images as one string.</summary>
    private static bool IsLines(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is "image/svg+xml" or "application/javascript";

    /// <summary>The text as an array of lines, each with its "\n" except perhaps the last; an empty text has no lines.</summary>
    internal static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[at..end]);
            at = end;
        }

        return lines;
    }

    private static JsonObject Copy(JsonObject json) => (JsonObject)json.DeepClone();
}
