namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>A number format of GGUF: how weights are stored, alone or in blocks that share a scale.</summary>
/// <remarks>Numbered by ggml: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.</remarks>
/// <param name="Name">As on the command line of llama.cpp: f32, f16, q8_0.</param>
/// <param name="Code">ggml's number for the format of one tensor.</param>
/// <param name="FileType">ggml's number for a file whose matrices have mostly this format.</param>
/// <param name="BlockSize">Numbers that are stored together.</param>
/// <param name="BlockBytes">Bytes that they take.</param>
/// <param name="Limit">Numbers of this magnitude and beyond cannot be stored.</param>
public sealed record GgufType(string Name, uint Code, uint FileType, int BlockSize, int BlockBytes, float Limit)
{
    // From here on a number rounds to infinity in float16.
    private const float HalfLimit = 65520;

    /// <summary>float32, bit by bit.</summary>
    public static GgufType F32 { get; } = new("f32", 0, 0, 1, sizeof(float), float.PositiveInfinity);

    /// <summary>float16, rounded to the nearest, ties to even.</summary>
    public static GgufType F16 { get; } = new("f16", 1, 1, 1, sizeof(ushort), HalfLimit);

    /// <summary>Blocks of 32 signed bytes with one float16 scale: 8.5 bits a number.</summary>
    public static GgufType Q8 { get; } = new("q8_0", 8, 7, Q8Block.Size, Q8Block.Bytes, HalfLimit * sbyte.MaxValue);

    /// <summary>All formats that can be written.</summary>
    public static IReadOnlyList<GgufType> All { get; } = [F32, F16, Q8];

    /// <summary>The format of that name, or null.</summary>
    /// <param name="name">f32, f16 or q8_0.</param>
    public static GgufType? Find(string name) => All.FirstOrDefault(type => type.Name == name);

    /// <summary>Bytes that numbers take.</summary>
    /// <param name="count">How many; a multiple of the block.</param>
    public long BytesOf(long count) => checked(count / BlockSize * BlockBytes);
}
