using System.Text;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>The beginning of a GGUF file, version 3, little-endian.</summary>
/// <remarks><code>
/// | "GGUF" | version: uint32 = 3 | tensors: uint64 | entries: uint64 |
/// | entries (<see cref="GgufMetadata"/>) |
/// | a tensor: | name: string | axes: uint32 | sizes, innermost first: uint64 each | format: uint32 | offset: uint64 | ... |
/// | zeros to a multiple of 32 | data of the tensors, each from a multiple of 32 |
/// </code>
/// Offsets count from where the data begins. https://github.com/ggml-org/ggml/blob/master/docs/gguf.md</remarks>
internal sealed class GgufHeader
{
    /// <summary>Every tensor begins at a multiple of this.</summary>
    public const int Alignment = 32;

    private const uint Version = 3;

    public GgufHeader(GgufMetadata metadata, IReadOnlyList<GgufTensor> tensors)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write("GGUF"u8);
        writer.Write(Version);
        writer.Write((ulong)tensors.Count);
        writer.Write((ulong)metadata.Count);
        metadata.WriteTo(writer);
        var offset = 0L;
        foreach (var tensor in tensors)
        {
            Write(writer, tensor, offset);
            offset += Aligned(tensor.Length);
        }
        writer.Write(new byte[Aligned(bytes.Length) - bytes.Length]);
        Bytes = bytes.ToArray();
        FileLength = Bytes.Length + offset;
    }

    /// <summary>The header, up to where the data begins.</summary>
    public byte[] Bytes { get; }

    /// <summary>Bytes of the whole file.</summary>
    public long FileLength { get; }

    /// <summary>The next multiple of the alignment.</summary>
    public static long Aligned(long length) => (length + Alignment - 1) / Alignment * Alignment;

    private static void Write(BinaryWriter writer, GgufTensor tensor, long offset)
    {
        GgufMetadata.WriteText(writer, tensor.Name);
        writer.Write((uint)tensor.Shape.Count);
        foreach (var size in tensor.Shape.Reverse()) writer.Write((ulong)size);
        writer.Write(tensor.Type.Code);
        writer.Write((ulong)offset);
    }
}
