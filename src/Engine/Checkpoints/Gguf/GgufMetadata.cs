using System.Text;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>The keys and values at the beginning of a GGUF file, in the order in which they are added.</summary>
/// <remarks><code>
/// one entry: | key: string | kind of value: uint32 | value |
/// string:    | length: uint64 | UTF-8 |
/// array:     | kind of items: uint32 | count: uint64 | items |
/// </code></remarks>
internal sealed class GgufMetadata
{
    private readonly List<Action<BinaryWriter>> _entries = [];

    private enum Kind : uint
    {
        UInt32 = 4,
        Int32 = 5,
        Float32 = 6,
        Bool = 7,
        Text = 8,
        Array = 9,
    }

    /// <summary>Entries so far.</summary>
    public int Count => _entries.Count;

    /// <summary>Writes all entries.</summary>
    public void WriteTo(BinaryWriter writer)
    {
        foreach (var entry in _entries) entry(writer);
    }

    public void Add(string key, int value) => Add(key, Kind.UInt32, writer => writer.Write(checked((uint)value)));

    public void Add(string key, double value) => Add(key, Kind.Float32, writer => writer.Write((float)value));

    public void Add(string key, bool value) => Add(key, Kind.Bool, writer => writer.Write(value));

    public void Add(string key, string value) => Add(key, Kind.Text, writer => WriteText(writer, value));

    public void Add(string key, IReadOnlyCollection<int> values) => Add(key, Kind.Int32, values, (writer, value) => writer.Write(value));

    public void Add(string key, IReadOnlyCollection<string> values) => Add(key, Kind.Text, values, WriteText);

    /// <summary>Writes a string as GGUF does.</summary>
    public static void WriteText(BinaryWriter writer, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)utf8.Length);
        writer.Write(utf8);
    }

    private void Add<T>(string key, Kind kind, IReadOnlyCollection<T> values, Action<BinaryWriter, T> write) =>
        Add(key, Kind.Array, writer =>
        {
            writer.Write((uint)kind);
            writer.Write((ulong)values.Count);
            foreach (var value in values) write(writer, value);
        });

    private void Add(string key, Kind kind, Action<BinaryWriter> write) => _entries.Add(writer =>
    {
        WriteText(writer, key);
        writer.Write((uint)kind);
        write(writer);
    });
}
