using System.Runtime.Intrinsics;

namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>Two codes of four bits in a byte: the low halves of 16 bytes are one run of codes, the high halves the next.</summary>
internal static class Nibbles
{
    /// <summary>Takes 16 bytes apart.</summary>
    /// <param name="bytes">[16]</param>
    /// <param name="subtract">Taken off each code.</param>
    /// <param name="low">Receives 16 codes.</param>
    /// <param name="high">Receives 16 codes.</param>
    public static void Split(ReadOnlySpan<byte> bytes, sbyte subtract, Span<sbyte> low, Span<sbyte> high)
    {
        var both = Vector128.Create(bytes);
        var zero = Vector128.Create(subtract);
        ((both & Vector128.Create((byte)0x0F)).AsSByte() - zero).CopyTo(low);
        (Vector128.ShiftRightLogical(both, 4).AsSByte() - zero).CopyTo(high);
    }

    /// <summary>Two codes from 0 to 15 in a byte.</summary>
    public static byte Join(int low, int high) => (byte)(low | (high << 4));
}
