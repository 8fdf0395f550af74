using System.Buffers.Binary;
using System.Text.Json;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>Writes safetensors files; a file appears under its name only when it is whole.</summary>
/// <remarks>The layout is drawn at <see cref="SafetensorsHeader"/>. Wider dtypes come first, so that every tensor
/// begins at a multiple of its element.</remarks>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes one file.</summary>
    /// <param name="path">Replaced when it exists.</param>
    /// <param name="tensors">What to write; names differ.</param>
    /// <exception cref="CheckpointException">The disk is full, the folder cannot be written to, or a
    /// tensor is not what was announced.</exception>
    public static void Write(string path, IEnumerable<TensorToStore> tensors)
    {
        path = PendingFiles.Target(path);
        using var files = new PendingFiles(Path.GetDirectoryName(path)!);
        Write(files, Path.GetFileName(path), [.. tensors]);
        files.Commit();
    }

    /// <summary>Writes one file aside, to be committed with others.</summary>
    internal static void Write(PendingFiles files, string name, IReadOnlyList<TensorToStore> tensors)
    {
        var ordered = tensors.OrderByDescending(tensor => SafetensorsDtype.Of(tensor.Type).Bytes)
            .ThenBy(tensor => tensor.Name, StringComparer.Ordinal).ToArray();
        var header = Header(ordered);
        files.Write(name, header.Length + ordered.Sum(tensor => tensor.Length), file =>
        {
            file.Write(header);
            foreach (var tensor in ordered)
                WriteData(file, tensor);
        });
    }

    /// <summary>
    /// Spreads tensors over files of at most <paramref name="mostBytes"/> in their order; one that is larger has a file for itself.
    /// </summary>
    internal static IReadOnlyList<IReadOnlyList<TensorToStore>> Shards(IEnumerable<TensorToStore> tensors, long mostBytes)
    {
        var shards = new List<List<TensorToStore>> { new() };
        var filled = 0L;
        foreach (var tensor in tensors)
        {
            if (shards[^1].Count > 0 && filled + tensor.Length > mostBytes)
            {
                shards.Add([]);
                filled = 0;
            }
            shards[^1].Add(tensor);
            filled += tensor.Length;
        }
        return shards;
    }

    private static byte[] Header(TensorToStore[] tensors)
    {
        using var buffer = new MemoryStream();
        buffer.Write(stackalloc byte[sizeof(ulong)]);
        using (var json = new Utf8JsonWriter(buffer))
            WriteJson(json, tensors);
        while (buffer.Length % Alignment != 0)
            buffer.WriteByte((byte)' ');
        var header = buffer.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - sizeof(ulong)));
        return header;
    }

    private static void WriteJson(Utf8JsonWriter json, TensorToStore[] tensors)
    {
        json.WriteStartObject();
        json.WriteStartObject("__metadata__");
        json.WriteString("format", "pt");
        json.WriteEndObject();
        var begin = 0L;
        foreach (var tensor in tensors)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", SafetensorsDtype.Of(tensor.Type).Name);
            WriteNumbers(json, "shape", tensor.Shape);
            WriteNumbers(json, "data_offsets", [begin, begin + tensor.Length]);
            json.WriteEndObject();
            begin += tensor.Length;
        }
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string key, IEnumerable<long> numbers)
    {
        json.WriteStartArray(key);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void WriteData(Stream file, TensorToStore tensor)
    {
        using var scope = NewDisposeScope();
        using var plain = no_grad();
        var made = tensor.Make();
        if (!made.shape.SequenceEqual(tensor.Shape))
            throw new CheckpointException(
                $"Tensor '{tensor.Name}' to save is [{string.Join(", ", made.shape)}]; " +
                $"[{string.Join(", ", tensor.Shape)}] was announced. Announce the shape that is made.");
        var stored = made.to(tensor.Type).cpu().contiguous();
        TensorBytes.ForEachWindow(stored, SafetensorsDtype.Of(tensor.Type).Bytes, (window, _) => file.Write(window));
    }
}

/// <summary>A tensor that is going to be written, made when its turn comes so that a model is never in memory twice.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">The dtype to store; what <paramref name="Make"/> gives is converted.</param>
/// <param name="Shape">Its sizes, outermost first.</param>
/// <param name="Make">Gives the tensor, on any device; the writer disposes it.</param>
public sealed record TensorToStore(string Name, ScalarType Type, IReadOnlyList<long> Shape, Func<Tensor> Make)
{
    /// <summary>Bytes that it takes in the file.</summary>
    public long Length => Shape.Aggregate((long)SafetensorsDtype.Of(Type).Bytes, (length, size) => checked(length * size));

    /// <summary>A tensor that exists already.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="tensor">Stays the caller's, and has to live until it is written.</param>
    public static TensorToStore From(string name, Tensor tensor) => new(name, tensor.dtype, tensor.shape, () => tensor.detach());
}
