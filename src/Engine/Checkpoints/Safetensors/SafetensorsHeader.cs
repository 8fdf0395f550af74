using System.Buffers.Binary;
using System.Text.Json;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>The beginning of a safetensors file: what is in it and where. Everything in it is checked before use.</summary>
/// <remarks>
/// <code>
/// | n: uint64, little-endian | n bytes of JSON, padded with spaces | tensor data, back to back, in the order of their offsets |
/// {"__metadata__": {"format": "pt"}, "norm.weight": {"dtype": "BF16", "shape": [64], "data_offsets": [0, 128]}, ...}
/// </code>
/// Offsets count from the end of the header. The data has neither holes, overlaps nor bytes left over, and the header is at
/// most 100 MB, as the format's reference implementation demands: https://github.com/huggingface/safetensors.
/// </remarks>
internal sealed partial class SafetensorsHeader
{
    private const int LengthBytes = 8;
    private const long MostHeaderBytes = 100_000_000;
    private const string Again = "Download or save the file again.";

    private SafetensorsHeader(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata) =>
        (Entries, Metadata) = (entries, metadata);

    /// <summary>All tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>Free texts of the writer, such as format = pt.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <exception cref="CheckpointException">The file is truncated, too long, or its header is wrong.</exception>
    public static SafetensorsHeader Read(string path, Stream file)
    {
        var headerLength = ReadLength(path, file);
        var header = new byte[headerLength];
        file.ReadExactly(header);
        return Parse(path, header, file.Length - LengthBytes - headerLength);
    }

    private static int ReadLength(string path, Stream file)
    {
        if (file.Length < LengthBytes)
            throw new CheckpointException(
                $"'{path}' is {file.Length} bytes long; a safetensors file begins with {LengthBytes} bytes that hold its header's " +
                $"length. It was cut off, or is another kind of file. {Again}");
        Span<byte> prefix = stackalloc byte[LengthBytes];
        file.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MostHeaderBytes)
            throw new CheckpointException(
                $"'{path}' announces a header of {length} bytes; at most {MostHeaderBytes} are allowed. " +
                $"It is damaged, or another kind of file. {Again}");
        if ((long)length > file.Length - LengthBytes)
            throw new CheckpointException(
                $"'{path}' announces a header of {length} bytes, but only {file.Length - LengthBytes} bytes follow: " +
                $"{(long)length - file.Length + LengthBytes} are missing. The file was cut off. {Again}");
        return (int)length;
    }

    private static SafetensorsHeader Parse(string path, byte[] header, long dataLength)
    {
        using var document = ParseJson(path, header);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new CheckpointException(
                $"The header of '{path}' is a JSON {document.RootElement.ValueKind}; it must be an object. {Again}");
        var entries = new Dictionary<string, SafetensorsEntry>(StringComparer.Ordinal);
        IReadOnlyDictionary<string, string> metadata = new Dictionary<string, string>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            var name = property.Name;
            if (name == "__metadata__")
                metadata = ParseMetadata(path, property.Value);
            else
                entries.Add(name, ParseEntry(path, name, property.Value, LengthBytes + header.Length));
        }
        var ordered = entries.Values.OrderBy(entry => entry.Offset).ThenBy(entry => entry.Length).ToArray();
        RefuseHolesAndOverlaps(path, ordered, LengthBytes + header.Length);
        RefuseOtherLength(path, ordered, LengthBytes + header.Length, dataLength);
        return new(ordered, metadata);
    }

    private static JsonDocument ParseJson(string path, byte[] header)
    {
        try
        {
            return StrictJson.Parse(header, path);
        }
        catch (JsonFileException e)
        {
            throw new CheckpointException(
                $"The header of '{path}' is not valid JSON at line {e.Line}, byte {e.Byte}: " +
                $"{e.Reason} The file is damaged, or another kind of file. {Again}", e);
        }
    }

    private static Dictionary<string, string> ParseMetadata(string path, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object
            || json.EnumerateObject().Any(property => property.Value.ValueKind != JsonValueKind.String))
            throw new CheckpointException(
                $"__metadata__ in '{path}' is {Shortened.Of(json.GetRawText())}; it must map texts to texts. {Again}");
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
            metadata[property.Name] = property.Value.GetString()!;
        return metadata;
    }
}
