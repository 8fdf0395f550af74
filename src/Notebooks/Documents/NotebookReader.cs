using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Notebooks.Documents;

/// <summary>Reads .ipynb files of nbformat 4.0 and later; a text may be a string or an array of lines.</summary>
public static class NotebookReader
{
    private const int MostDepth = 256;

    /// <summary>The notebook in the file at <paramref name="path"/>.</summary>
    /// <exception cref="NotebookFormatException">The file is not a notebook of format 4; the message names file and place.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static Notebook Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>The notebook in <paramref name="utf8"/>; <paramref name="name"/> is what messages call it.</summary>
    /// <exception cref="NotebookFormatException">The bytes are not a notebook of format 4; the message names the place.</exception>
    public static Notebook Parse(ReadOnlySpan<byte> utf8, string name)
    {
        var place = new Place(name);
        var root = place.Object(ParseJson(utf8, name), "the document", "Restore it from version control or save it again from an editor.");
        CheckFormat(root, place);
        var cells = root["cells"] as JsonArray
            ?? throw place.Refuse("has no array 'cells'", "A notebook of format 4 keeps its cells there.");
        return new Notebook
        {
            Metadata = place.OptionalObject(root, "metadata"),
            Unknown = Rest(root, "cells", "metadata", "nbformat", "nbformat_minor"),
            Cells = ReadCells(cells, place),
        };
    }

    private static JsonNode? ParseJson(ReadOnlySpan<byte> utf8, string name)
    {
        try
        {
            return StrictJson.ParseNode(utf8, name, MostDepth);
        }
        catch (JsonFileException broken)
        {
            throw new NotebookFormatException(
                $"Notebook '{name}' is broken JSON at line {broken.Line}, byte {broken.Byte}: {broken.Reason} "
                + "Restore it from version control or save it again from an editor.",
                broken);
        }
    }

    private static void CheckFormat(JsonObject root, Place place)
    {
        if (root["nbformat"] is not JsonValue value || !value.TryGetValue<int>(out var format))
            throw place.Refuse("has no number 'nbformat'", "A notebook says 4 there; perhaps this is another kind of JSON file.");
        if (format != Notebook.Format)
        {
            throw place.Refuse(
                $"is of nbformat {format}; this program reads nbformat {Notebook.Format}",
                format < Notebook.Format ? "Convert it with 'jupyter nbconvert --to notebook'." : "Save it in format 4.");
        }
    }

    private static List<Cell> ReadCells(JsonArray array, Place place)
    {
        var cells = new List<Cell>(array.Count);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < array.Count; i++)
            cells.Add(ReadCell(array[i], i, place.At($"cell {i + 1}"), ids));
        return cells;
    }

    private static Cell ReadCell(JsonNode? node, int index, Place place, HashSet<string> ids)
    {
        var json = place.Object(node, "it", "A cell is an object with 'cell_type' and 'source'.");
        var type = place.OptionalText(json, "cell_type");
        var id = UniqueId(place.OptionalText(json, "id"), index, ids);
        var source = place.Text(json, "source");
        var metadata = place.OptionalObject(json, "metadata");
        return type switch
        {
            "code" => new CodeCell
            {
                Id = id,
                Source = source,
                Metadata = metadata,
                ExecutionCount = (json["execution_count"] as JsonValue)?.TryGetValue<int>(out var count) == true ? count : null,
                Outputs = ReadOutputs(json, place),
                Unknown = Rest(json, "cell_type", "id", "source", "metadata", "execution_count", "outputs"),
            },
            "markdown" => new MarkdownCell { Id = id, Source = source, Metadata = metadata, Unknown = RestOfText(json) },
            "raw" => new RawCell { Id = id, Source = source, Metadata = metadata, Unknown = RestOfText(json) },
            null => throw place.Refuse("has no text 'cell_type'", "It is one of code, markdown, raw."),
            _ => throw place.Refuse($"has the cell_type '{Shortened.Of(type)}'", "It must be one of code, markdown, raw."),
        };
    }

    private static JsonObject RestOfText(JsonObject json) => Rest(json, "cell_type", "id", "source", "metadata");

    /// <summary>The cell's own id. Formats before 4.5 had no ids, and after a bad merge two cells may share one.</summary>
    private static string UniqueId(string? id, int index, HashSet<string> ids)
    {
        var wanted = string.IsNullOrEmpty(id) ? $"cell-{index + 1}" : id;
        var unique = wanted;
        for (var n = 2; !ids.Add(unique); n++)
            unique = $"{wanted}-{n}";
        return unique;
    }

    private static List<CellOutput> ReadOutputs(JsonObject cell, Place place)
    {
        var outputs = new List<CellOutput>();
        if (cell["outputs"] is null)
            return outputs;
        var array = cell["outputs"] as JsonArray ?? throw place.Refuse("has 'outputs' that are not an array", "Clear the cell's outputs.");
        for (var i = 0; i < array.Count; i++)
            outputs.Add(ReadOutput(array[i], place.At($"output {i + 1}")));
        return outputs;
    }

    private static CellOutput ReadOutput(JsonNode? node, Place place)
    {
        var json = place.Object(node, "it", "Clear the cell's outputs.");
        var type = place.OptionalText(json, "output_type");
        return type switch
        {
            "stream" => new StreamOutput(place.OptionalText(json, "name") ?? "stdout", place.Text(json, "text")),
            "display_data" => new DisplayOutput(Data(json, place), place.OptionalObject(json, "metadata")),
            "execute_result" => new ResultOutput(
                (json["execution_count"] as JsonValue)?.TryGetValue<int>(out var count) == true ? count : null,
                Data(json, place), place.OptionalObject(json, "metadata")),
            "error" => new ErrorOutput(
                place.OptionalText(json, "ename") ?? "", place.OptionalText(json, "evalue") ?? "", Traceback(json, place)),
            _ => throw place.Refuse(
                $"has the output_type '{Shortened.Of(type)}'",
                "It must be one of stream, display_data, execute_result, error. Clear the cell's outputs."),
        };
    }

    private static MimeBundle Data(JsonObject json, Place place) => MimeBundle.FromJson(place.OptionalObject(json, "data"));

    private static List<string> Traceback(JsonObject json, Place place) =>
        json["traceback"] is JsonArray lines ? [.. lines.Select(line => place.TextOf(line, "traceback"))] : [];

    private static JsonObject Rest(JsonObject json, params ReadOnlySpan<string> known)
    {
        var rest = new JsonObject();
        foreach (var (key, value) in json)
        {
            if (!known.Contains(key))
                rest[key] = value?.DeepClone();
        }

        return rest;
    }

    /// <summary>The current file and place, named by every error message.</summary>
    private readonly record struct Place(string Name, string Where = "")
    {
        public Place At(string inner) => this with { Where = Where.Length == 0 ? inner : $"{Where}, {inner}" };

        public NotebookFormatException Refuse(string what, string remedy) =>
            new(Where.Length == 0 ? $"Notebook '{Name}' {what}. {remedy}" : $"Notebook '{Name}', {Where}, {what}. {remedy}");

        public JsonObject Object(JsonNode? node, string what, string remedy) =>
            node as JsonObject ?? throw Refuse($"is {KindOf(node)} where {what} should be a JSON object", remedy);

        public JsonObject OptionalObject(JsonObject parent, string key) => parent[key] switch
        {
            null => [],
            JsonObject found => (JsonObject)found.DeepClone(),
            var other => throw Refuse($"has {KindOf(other)} as '{key}'", "It must be a JSON object."),
        };

        public string? OptionalText(JsonObject parent, string key) => parent[key] is { } node ? TextOf(node, key) : null;

        public string Text(JsonObject parent, string key) =>
            parent.ContainsKey(key)
                ? TextOf(parent[key], key)
                : throw Refuse($"has no '{key}'", "It must be a string or an array of lines.");

        public string TextOf(JsonNode? node, string key)
        {
            if (node is JsonValue value && value.TryGetValue<string>(out var text))
                return text;
            if (node is JsonArray lines && lines.All(line => line is JsonValue one && one.TryGetValue<string>(out _)))
                return string.Concat(lines.Select(line => line!.GetValue<string>()));
            throw Refuse($"has {KindOf(node)} as '{key}'", "It must be a string or an array of strings.");
        }

        private static string KindOf(JsonNode? node) => node?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.Array => "an array",
            JsonValueKind.Object => "an object",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            _ => "a truth value",
        };
    }
}
