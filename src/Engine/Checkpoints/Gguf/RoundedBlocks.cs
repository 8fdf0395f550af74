using System.Runtime.InteropServices;
using LlmRabbitHoles.Kernels.Blocks;
using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>Writes matrices whose codes were chosen with care into blocks that keep these codes.</summary>
internal static class RoundedBlocks
{
    private const int GroupSize = 32;

    /// <summary>The grid whose codes a format can hold as they are; null where there is none.</summary>
    public static IntegerGrid? GridOf(GgufType type) => type.Name switch
    {
        "q8_0" => new(8, GroupSize),
        "q4_0" => new(4, GroupSize),
        _ => null,
    };

    /// <summary>Appends a matrix to a stream.</summary>
    /// <param name="file">Where its bytes go.</param>
    /// <param name="type">A format with a grid.</param>
    /// <param name="matrix">On that grid, on the CPU.</param>
    /// <param name="part">Says which row is stored where.</param>
    public static void Write(Stream file, GgufType type, IntegerMatrix matrix, GgufPart part)
    {
        using var scope = NewDisposeScope();
        var order = part.Make(arange(matrix.Rows).view(matrix.Rows, 1)).reshape(-1).data<long>().ToArray();
        var scales = matrix.Scales.to(ScalarType.Float32).contiguous();
        var (codes, groups) = (new sbyte[matrix.Columns], (int)scales.shape[1]);
        var bytes = new byte[type.BytesOf(matrix.Columns)];
        foreach (var row in order)
        {
            var width = matrix.Codes.RowBytes;
            matrix.Codes.Unpack(matrix.Codes.Bytes.bytes.Slice((int)row * width, width), codes);
            var rowScales = MemoryMarshal.Cast<byte, float>(scales.bytes).Slice((int)row * groups, groups);
            for (var group = 0; group < groups; group++) WriteBlock(codes.AsSpan(group * GroupSize, GroupSize), rowScales[group], group);
            file.Write(bytes);
        }

        void WriteBlock(ReadOnlySpan<sbyte> block, float scale, int index)
        {
            var blockBytes = bytes.Length / groups;
            var target = bytes.AsSpan(index * blockBytes, blockBytes);
            if (type.Name == "q8_0") Q80.Write(block, scale, target);
            else Q40.Write(block, scale, target);
        }
    }
}
