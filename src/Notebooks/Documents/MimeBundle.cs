using System.Collections;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Notebooks.Documents;

/// <summary>One value in several representations, by mime type, best first; a front end shows the richest one it knows.</summary>
/// <remarks>Text and images are strings; application/json and its kin ("+json") are JSON.</remarks>
public sealed class MimeBundle : IEnumerable<KeyValuePair<string, JsonNode?>>
{
    /// <summary>The mime type that every bundle should have: plain text.</summary>
    public const string PlainText = "text/plain";

    /// <summary>The mime type of HTML.</summary>
    public const string Html = "text/html";

    private readonly List<KeyValuePair<string, JsonNode?>> _items = [];

    /// <summary>The mime types present, best first.</summary>
    public IEnumerable<string> MimeTypes => _items.Select(item => item.Key);

    /// <summary>The representation as text, or null when it is missing or is JSON.</summary>
    public string? this[string mimeType] => Find(mimeType) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>How many characters the representations hold together.</summary>
    public long Length => _items.Sum(item => (long)(this[item.Key] ?? item.Value?.ToJsonString() ?? "").Length);

    /// <summary>Whether the representation is a JSON value rather than a text.</summary>
    public static bool IsJson(string mimeType) =>
        mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>Adds a representation, or replaces it where it stands.</summary>
    public void Add(string mimeType, JsonNode? value)
    {
        var at = _items.FindIndex(item => item.Key == mimeType);
        if (at < 0)
            _items.Add(new(mimeType, value));
        else
            _items[at] = new(mimeType, value);
    }

    /// <summary>The representation, or null when it is missing.</summary>
    public JsonNode? Find(string mimeType) => _items.Find(item => item.Key == mimeType).Value;

    /// <summary>The bundle as one JSON object, texts as single strings (as kernels send it).</summary>
    public JsonObject ToJson() => new(_items.Select(item => KeyValuePair.Create(item.Key, item.Value?.DeepClone())));

    /// <summary>The bundle in <paramref name="json"/>, whose texts are strings or arrays of lines.</summary>
    public static MimeBundle FromJson(JsonObject json)
    {
        var bundle = new MimeBundle();
        foreach (var (mimeType, value) in json)
            bundle.Add(mimeType, IsJson(mimeType) ? value?.DeepClone() : Joined(value));
        return bundle;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, JsonNode?>> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static JsonNode? Joined(JsonNode? value) =>
        value is JsonArray lines && lines.All(line => line is JsonValue text && text.TryGetValue<string>(out _))
            ? string.Concat(lines.Select(line => line!.GetValue<string>()))
            : value?.DeepClone();
}
