using System.Text.Json;

namespace LlmRabbitHoles.Tokenization;

/// <summary>A value in a JSON file that knows where it stands, so that a complaint about it can say so.</summary>
internal readonly struct JsonPart
{
    private readonly string _parent;
    private readonly string? _name;
    private readonly int _index;

    /// <summary>The whole of a file.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="value">What it holds.</param>
    public JsonPart(string file, JsonElement value) : this(file, "", null, -1, value) { }

    private JsonPart(string file, string parent, string? name, int index, JsonElement value) =>
        (File, _parent, _name, _index, Value) = (file, parent, name, index, value);

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>The value; undefined where the file has none.</summary>
    public JsonElement Value { get; }

    // Written only when asked for: a vocabulary has a hundred thousand members, and few are complained about.
    /// <summary>The way to the value: <c>model.merges[3]</c>; "" for the whole file.</summary>
    public string Path => (_name, _index) switch
    {
        (null, < 0) => _parent,
        (null, _) => $"{_parent}[{_index}]",
        (_, >= 0) => $"{_parent}['{_name}']",
        _ => _parent.Length == 0 ? _name : $"{_parent}.{_name}",
    };

    /// <summary>The value is there and isn't null.</summary>
    public bool Exists => Value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>A member of an object; one that is missing does not exist, but knows its place.</summary>
    public JsonPart this[string name]
    {
        get
        {
            if (Value.ValueKind != JsonValueKind.Object) throw Error("must be an object.");
            return new JsonPart(File, Path, name, -1, Value.TryGetProperty(name, out var member) ? member : default);
        }
    }

    /// <summary>The items of an array; none where the value is missing.</summary>
    public IEnumerable<JsonPart> Items()
    {
        if (!Exists) yield break;
        if (Value.ValueKind != JsonValueKind.Array) throw Error("must be an array.");
        var (path, index) = (Path, 0);
        foreach (var item in Value.EnumerateArray()) yield return new JsonPart(File, path, null, index++, item);
    }

    /// <summary>The members of an object, with their names; none where the value is missing.</summary>
    public IEnumerable<(string Name, JsonPart Value)> Members()
    {
        if (!Exists) yield break;
        if (Value.ValueKind != JsonValueKind.Object) throw Error("must be an object.");
        var (path, index) = (Path, 0);
        foreach (var member in Value.EnumerateObject())
        {
            var name = NameOf(member);
            yield return (name, new JsonPart(File, path, name, index++, member.Value));
        }
    }

    /// <summary>A string.</summary>
    public string Text()
    {
        if (Value.ValueKind != JsonValueKind.String) throw Error("must be a string.");
        try
        {
            return Value.GetString()!;
        }
        catch (InvalidOperationException cause)
        {
            throw Error("is not valid text; an escape stands for half a character.", cause);
        }
    }

    /// <summary>A string, or null where the value is missing.</summary>
    public string? TextOrNull() => Exists ? Text() : null;

    /// <summary>A token id.</summary>
    public int Id() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out var id) && id is >= 0 and < HighestId
        ? id
        : throw Error($"must be a token id, a whole number from 0 to {HighestId - 1}.");

    /// <summary>A string of one character, which is one or two UTF-16 units.</summary>
    public string Character() => Text() is { Length: 1 or 2 } text && char.ConvertToUtf32(text, 0) >= (text.Length == 1 ? 0 : 0x10000)
        ? text
        : throw Error("must be a string of one character.");

    /// <summary>A count.</summary>
    public int Count() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out var count) && count >= 0
        ? count
        : throw Error("must be a whole number, 0 or more.");

    /// <summary>A number that is not infinite.</summary>
    public double Number() => Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw Error("must be a number.");

    /// <summary>True or false, or <paramref name="missing"/> where the value is missing.</summary>
    public bool Flag(bool missing) => Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ when !Exists => missing,
        _ => throw Error("must be true or false."),
    };

    /// <summary>A complaint about this value.</summary>
    public TokenizerException Error(string message, Exception? cause = null) => new(File, Path, message, cause);

    // Tables are as large as the highest id, so a mistyped one must not claim all memory.
    private const int HighestId = 1 << 24;

    private string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException cause)
        {
            throw Error("has a name that is not valid text; an escape stands for half a character.", cause);
        }
    }
}
