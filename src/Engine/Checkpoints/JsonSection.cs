using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>One JSON object of a checkpoint's file, read key by key. Every error names the file and the key.</summary>
/// <remarks>A key whose value is null counts as missing, as in transformers. Several names for one key are tried in order.</remarks>
internal sealed class JsonSection
{
    private readonly JsonElement _json;
    private readonly string _prefix;

    private JsonSection(string path, string prefix, JsonElement json) => (Path, _prefix, _json) = (path, prefix, json);

    /// <summary>The file's path, for messages.</summary>
    public string Path { get; }

    /// <summary>Names of all keys.</summary>
    public IEnumerable<JsonProperty> Properties => _json.EnumerateObject();

    /// <exception cref="CheckpointException">The file cannot be read, is not JSON, or is not an object.</exception>
    public static JsonSection Open(string path) => Parse(path, ReadAll(path));

    /// <param name="path">Names the source in messages.</param>
    /// <param name="utf8">The JSON text, with or without a byte order mark.</param>
    public static JsonSection Parse(string path, ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = StrictJson.Parse(utf8, path);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new CheckpointException($"'{path}' holds {Describe(document.RootElement)}; it must hold a JSON object, {{...}}. " +
                    "Download or write the file again.");
            return new(path, "", document.RootElement.Clone());
        }
        catch (JsonFileException e)
        {
            throw new CheckpointException($"{e.Message} Mend it there, or download the file again.", e);
        }
    }

    /// <summary>The same object with these values for keys that are missing.</summary>
    public JsonSection Or(params ReadOnlySpan<(string Key, int Value)> usual)
    {
        var json = JsonObject.Create(_json)!;
        foreach (var (key, value) in usual) json[key] ??= value;
        return new(Path, _prefix, JsonSerializer.SerializeToElement(json));
    }

    /// <summary>Whether one of the names is there with a value other than null.</summary>
    public bool Has(params ReadOnlySpan<string> names) => TryFind(names, out _, out _);

    /// <summary>Whether the key is there, be it null.</summary>
    public bool Names(string name) => _json.TryGetProperty(name, out _);

    /// <summary>A whole number of 1 or more that has to be there.</summary>
    public int Size(params ReadOnlySpan<string> names) => OptionalSize(names) ?? throw Missing(names[0], "a whole number of 1 or more");

    /// <summary>A whole number of 1 or more, or null where the key is missing.</summary>
    public int? OptionalSize(params ReadOnlySpan<string> names) =>
        TryFind(names, out var name, out var value)
            ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var size) && size >= 1
                ? size
                : throw Wrong(name, $"a whole number from 1 to {int.MaxValue}")
            : null;

    /// <summary>A finite number more than 0, or null where the key is missing.</summary>
    public double? OptionalPositive(params ReadOnlySpan<string> names) => OptionalNumber(names, 0, orEqual: false);

    /// <summary>A finite number of 0 or more, or null where the key is missing.</summary>
    public double? OptionalNonNegative(params ReadOnlySpan<string> names) => OptionalNumber(names, 0, orEqual: true);

    /// <summary>Finite numbers more than 0, or null where the key is missing.</summary>
    public IReadOnlyList<double>? OptionalPositives(string name)
    {
        if (!TryFind([name], out _, out var value)) return null;
        if (value.ValueKind != JsonValueKind.Array || !value.EnumerateArray().All(IsPositive))
            throw Wrong(name, "a list of finite numbers more than 0");
        return [.. value.EnumerateArray().Select(number => number.GetDouble())];

        static bool IsPositive(JsonElement number) => number.ValueKind == JsonValueKind.Number
            && number.TryGetDouble(out var found) && double.IsFinite(found) && found > 0;
    }

    /// <summary>A finite number, or null where the key is missing.</summary>
    public double? OptionalNumber(string name) => TryFind([name], out _, out var value)
        ? value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Wrong(name, "a number")
        : null;

    /// <summary>A whole number of any sign, or null where the key is missing.</summary>
    public int? OptionalInteger(string name) => OptionalNumber(name) is not { } number ? null
        : double.IsInteger(number) && Math.Abs(number) <= int.MaxValue ? (int)number
        : throw Wrong(name, $"a whole number up to {int.MaxValue}");

    /// <summary>true or false, or null where the key is missing.</summary>
    public bool? OptionalFlag(string name) =>
        TryFind([name], out _, out var value)
            ? value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "true or false")
            : null;

    /// <summary>A text, or null where the key is missing.</summary>
    public string? OptionalText(params ReadOnlySpan<string> names) =>
        TryFind(names, out var name, out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, "a text in quotes")
            : null;

    /// <summary>An object, or null where the key is missing.</summary>
    public JsonSection? OptionalSection(string name) =>
        TryFind([name], out _, out var value)
            ? value.ValueKind == JsonValueKind.Object ? new(Path, _prefix + name + ".", value) : throw Wrong(name, "an object, {...}")
            : null;

    /// <summary>Whatever stands at the key, or null where the key is missing.</summary>
    public JsonElement? Optional(string name) => TryFind([name], out _, out var value) ? value : null;

    /// <summary>The error for a key that is not there.</summary>
    public CheckpointException Missing(string name, string needed) =>
        new($"'{Path}' has no {Shortened.Of(_prefix + name)}; it needs {needed}. Add the key, or download the file again.");

    /// <summary>The error for a key whose value cannot be used.</summary>
    public CheckpointException Wrong(string name, string needed, string mend = "Correct it there.") =>
        new($"{Shortened.Of(_prefix + name)} in '{Path}' is {(_json.TryGetProperty(name, out var found) ? Describe(found) : "missing")}; " +
            $"it must be {needed}. {mend}");

    private double? OptionalNumber(ReadOnlySpan<string> names, double least, bool orEqual) =>
        TryFind(names, out var name, out var value)
            ? value.ValueKind == JsonValueKind.Number
                && value.TryGetDouble(out var number) && double.IsFinite(number)
                && (number > least || (orEqual && number == least))
                ? number
                : throw Wrong(name, orEqual ? "a finite number of 0 or more" : "a finite number more than 0")
            : null;

    private bool TryFind(ReadOnlySpan<string> names, out string name, out JsonElement value)
    {
        foreach (var candidate in names)
        {
            if (!_json.TryGetProperty(candidate, out value) || value.ValueKind == JsonValueKind.Null)
                continue;
            name = candidate;
            return true;
        }
        (name, value) = (names[0], default);
        return false;
    }

    private static string Describe(JsonElement value) => Shortened.Of(value.GetRawText(), 60);

    private static byte[] ReadAll(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CheckpointException($"'{path}' does not exist. Check the folder, or download the file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"'{path}' cannot be read: {e.Message.TrimEnd('.')}. Check its permissions and the disk.", e);
        }
    }
}
