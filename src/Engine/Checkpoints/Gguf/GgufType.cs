using LlmRabbitHoles.Kernels.Blocks;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>A number format of GGUF: how weights are stored, alone or in blocks that share scales.</summary>
/// <remarks>Numbered by ggml: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.</remarks>
public sealed class GgufType
{
    private readonly int _blockBytes;

    private GgufType(uint code, uint fileType, BlockFormat blocks)
    {
        (Name, Code, FileType, Blocks, BlockSize, _blockBytes) = (blocks.Name, code, fileType, blocks, blocks.Size, blocks.Bytes);
        Limit = blocks.Limit;
    }

    private GgufType(string name, uint code, uint fileType, ScalarType dtype, float limit) =>
        (Name, Code, FileType, Dtype, BlockSize, _blockBytes, Limit) = (name, code, fileType, dtype, 1, (int)dtype.ElementSize(), limit);

    /// <summary>float32, bit by bit.</summary>
    public static GgufType F32 { get; } = new("f32", 0, 0, ScalarType.Float32, float.PositiveInfinity);

    /// <summary>float16, rounded to the nearest, ties to even.</summary>
    public static GgufType F16 { get; } = new("f16", 1, 1, ScalarType.Float16, 65520);

    /// <summary>bfloat16, rounded to the nearest, ties to even.</summary>
    public static GgufType BF16 { get; } = new("bf16", 30, 32, ScalarType.BFloat16, 3.3961775e38f);

    /// <summary>Blocks of 32 signed bytes with one float16 scale: 8.5 bits a number.</summary>
    public static GgufType Q8 { get; } = new(8, 7, Named("q8_0"));

    /// <summary>All formats.</summary>
    public static IReadOnlyList<GgufType> All { get; } =
    [
        F32, F16, BF16, Q8, new(2, 2, Named("q4_0")), new(3, 3, Named("q4_1")), new(6, 8, Named("q5_0")), new(7, 9, Named("q5_1")),
        new(12, 15, Named("q4_k")), new(13, 17, Named("q5_k")), new(14, 18, Named("q6_k")),
    ];

    /// <summary>As on the command line of llama.cpp: f32, f16, q8_0.</summary>
    public string Name { get; }

    /// <summary>ggml's number for the format of one tensor.</summary>
    public uint Code { get; }

    /// <summary>ggml's number for a file whose matrices have mostly this format.</summary>
    public uint FileType { get; }

    /// <summary>How blocks store numbers; null where each number stands for itself.</summary>
    public BlockFormat? Blocks { get; }

    /// <summary>The dtype of a tensor of such numbers; null where they lie in blocks.</summary>
    public ScalarType? Dtype { get; }

    /// <summary>Numbers that are stored together.</summary>
    public int BlockSize { get; }

    /// <summary>Numbers of this magnitude and beyond cannot be stored.</summary>
    public float Limit { get; }

    /// <summary>The format of that name, or null.</summary>
    /// <param name="name">Such as q8_0.</param>
    public static GgufType? Find(string name) => All.FirstOrDefault(type => type.Name == name);

    /// <summary>The format of that number, or null.</summary>
    /// <param name="code">ggml's.</param>
    internal static GgufType? Find(uint code) => All.FirstOrDefault(type => type.Code == code);

    /// <summary>Bytes that numbers take.</summary>
    /// <param name="count">How many; a multiple of the block.</param>
    public long BytesOf(long count) => checked(count / BlockSize * _blockBytes);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static BlockFormat Named(string name) => BlockFormat.All.First(format => format.Name == name);
}
