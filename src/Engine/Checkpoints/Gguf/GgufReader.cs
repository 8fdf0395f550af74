using System.Buffers.Binary;
using System.Text;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>Reads the beginning of a GGUF file (<see cref="GgufHeader"/> draws it) and checks it against the file's length.</summary>
internal sealed class GgufReader
{
    private const uint FirstVersion = 2, LastVersion = 3;
    private const int MostAxes = 4, DefaultAlignment = 32;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly Stream _stream;
    private readonly long _length;
    private readonly byte[] _word = new byte[8];
    private long _at;

    private GgufReader(string path, FileStream file) => (_path, _length, _stream) = (path, file.Length, new BufferedStream(file, 1 << 14));

    /// <summary>Reads settings and the list of tensors.</summary>
    /// <param name="path">Names the file in messages.</param>
    /// <param name="file">At its beginning; stays the caller's.</param>
    /// <exception cref="CheckpointException">The file is cut off, of another version or byte order, or says what cannot be.</exception>
    public static (GgufSettings Settings, IReadOnlyList<GgufEntry> Tensors) Read(string path, FileStream file)
    {
        var reader = new GgufReader(path, file);
        var (tensors, entries) = reader.Start();
        var settings = reader.Settings(entries);
        return (settings, reader.Tensors(tensors, Alignment(settings)));
    }

    private (long Tensors, long Entries) Start()
    {
        if (_length < 4 || !Bytes(4).SequenceEqual("GGUF"u8)) throw Error("does not begin as a GGUF file does. Name a *.gguf file.");
        var version = UInt32();
        if (version >> 16 != 0 && BinaryPrimitives.ReverseEndianness(version) <= LastVersion)
            throw Error("is in the byte order of big-endian machines. Convert the model again on this machine.");
        if (version is < FirstVersion or > LastVersion)
            throw Error($"has version {version}; versions {FirstVersion} and {LastVersion} can be read. Convert the model again.");
        return (Count("tensors", least: 24), Count("entries", least: 13));
    }

    private GgufSettings Settings(long count)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        for (long i = 0; i < count; i++)
        {
            var key = Text();
            if (!values.TryAdd(key, Value(key, UInt32()))) throw Error($"says '{key}' twice. Convert the model again.");
        }
        return new(_path, values);
    }

    private static int Alignment(GgufSettings settings)
    {
        const string Key = "general.alignment";
        var alignment = settings.OptionalSize(Key) ?? DefaultAlignment;
        return alignment % 8 == 0 ? alignment : throw settings.Wrong(Key, "a multiple of 8");
    }

    private List<GgufEntry> Tensors(long count, int alignment)
    {
        var listed = new List<(string Name, GgufType Type, long[] Shape, long Offset)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (long i = 0; i < count; i++)
        {
            var name = Text();
            if (!names.Add(name)) throw Error($"lists the tensor '{name}' twice. Convert the model again.");
            var shape = Shape(name);
            listed.Add((name, Type(name), shape, checked((long)Math.Min(UInt64(), long.MaxValue))));
        }
        var start = (_at + alignment - 1) / alignment * alignment;
        return [.. listed.Select(tensor => Place(tensor.Name, tensor.Type, tensor.Shape, tensor.Offset, start, alignment))];
    }

    private GgufEntry Place(string name, GgufType type, long[] shape, long offset, long start, int alignment)
    {
        if (shape[^1] % type.BlockSize != 0)
            throw Error($"stores the tensor '{name}' in blocks of {type.BlockSize}, which do not divide its rows of {shape[^1]}. " +
                "Convert the model again.");
        var (room, length) = (_length - start, Length(name, type, shape));
        if (offset % alignment != 0 || offset > room || length > room - offset)
            throw Error($"places the {length} bytes of tensor '{name}' {offset} bytes behind byte {start}, and is {_length} bytes long: " +
                "it is cut off or damaged. Download it again.");
        return new(name, type, shape, start + offset, length);
    }

    private long[] Shape(string name)
    {
        var axes = UInt32();
        if (axes is 0 or > MostAxes) throw Error($"gives the tensor '{name}' {axes} axes; 1 to {MostAxes} can be. Download it again.");
        var shape = new long[axes];
        for (var axis = 0; axis < axes; axis++)
        {
            var size = UInt64();
            if (size is 0 or > long.MaxValue) throw Error($"gives the tensor '{name}' an axis of {size}. Download it again.");
            shape[^(axis + 1)] = (long)size;    // the file lists the innermost first
        }
        return shape;
    }

    private GgufType Type(string name)
    {
        var code = UInt32();
        return GgufType.Find(code) ?? throw Error($"stores the tensor '{name}' in ggml's type {code}; " +
            $"{string.Join(", ", GgufType.All.Select(type => type.Name))} can be read. Choose a file of one of these types.");
    }

    private long Length(string name, GgufType type, long[] shape)
    {
        try
        {
            return type.BytesOf(shape.Aggregate(1L, (count, size) => checked(count * size)));
        }
        catch (OverflowException e)
        {
            throw Error($"gives the tensor '{name}' the sizes [{string.Join(", ", shape)}], which nothing can hold. Download it again.", e);
        }
    }

    private object Value(string key, uint kind) => kind switch
    {
        0 => (long)Bytes(1)[0],
        1 => (long)(sbyte)Bytes(1)[0],
        2 => (long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2)),
        3 => (long)BinaryPrimitives.ReadInt16LittleEndian(Bytes(2)),
        4 => (long)UInt32(),
        5 => (long)(int)UInt32(),
        6 => (double)BitConverter.UInt32BitsToSingle(UInt32()),
        7 => Flag(key),
        8 => Text(),
        9 => List(key),
        10 => UInt64() is var number and <= long.MaxValue ? (long)number : long.MaxValue,
        11 => (long)UInt64(),
        12 => BitConverter.UInt64BitsToDouble(UInt64()),
        _ => throw Error($"gives '{key}' a value of kind {kind}; kinds 0 to 12 can be. Download it again."),
    };

    private object List(string key)
    {
        var kind = UInt32();
        var count = Count($"items of '{key}'", kind switch { 0 or 1 or 7 => 1, 2 or 3 => 2, 4 or 5 or 6 => 4, _ => 8 });
        return kind switch
        {
            0 or 1 or 2 or 3 or 4 or 5 or 10 or 11 => Items(count, () => (long)Value(key, kind)),
            6 or 12 => Items(count, () => (double)Value(key, kind)),
            7 => Items(count, () => Flag(key)),
            8 => Items(count, Text),
            _ => throw Error($"gives '{key}' a list of kind {kind}; lists of numbers, flags or texts can be read. " +
                "Convert the model again."),
        };
    }

    private static T[] Items<T>(int count, Func<T> next)
    {
        var items = new T[count];
        for (var i = 0; i < count; i++) items[i] = next();
        return items;
    }

    private bool Flag(string key) => Bytes(1)[0] switch
    {
        0 => false,
        1 => true,
        var other => throw Error($"gives '{key}' the flag {other}; 0 or 1 can be. Download it again."),
    };

    private string Text()
    {
        var length = Count("bytes of a text", least: 1);
        var bytes = length <= 1024 ? stackalloc byte[length] : new byte[length];
        Fill(bytes);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw Error($"has a text before byte {_at} that is not UTF-8. Download it again.", e);
        }
    }

    /// <summary>A count of things that still have to fit into the file, which keeps a damaged one from asking for all memory.</summary>
    private int Count(string things, int least)
    {
        var count = UInt64();
        return count <= (ulong)((_length - _at) / least) && count <= int.MaxValue ? (int)count
            : throw Error($"announces {count} {things} at byte {_at - 8}, and only {_length - _at} bytes follow. Download it again.");
    }

    private uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    private ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    private ReadOnlySpan<byte> Bytes(int count)
    {
        Fill(_word.AsSpan(0, count));
        return _word.AsSpan(0, count);
    }

    private void Fill(Span<byte> bytes)
    {
        if (bytes.Length > _length - _at) throw Error($"ends at byte {_length}, in the midst of its header. Download it again.");
        _stream.ReadExactly(bytes);
        _at += bytes.Length;
    }

    private CheckpointException Error(string problem, Exception? cause = null) =>
        cause is null ? new($"'{_path}' {problem}") : new($"'{_path}' {problem}", cause);
}

/// <summary>Where one tensor of a GGUF file lies and what it is.</summary>
/// <param name="Name">By ggml's convention: blk.0.attn_q.weight.</param>
/// <param name="Type">How its numbers are stored.</param>
/// <param name="Shape">Its sizes, outermost first.</param>
/// <param name="Offset">First byte of its data, from the start of the file.</param>
/// <param name="Length">Bytes of data.</param>
internal sealed record GgufEntry(string Name, GgufType Type, IReadOnlyList<long> Shape, long Offset, long Length);
