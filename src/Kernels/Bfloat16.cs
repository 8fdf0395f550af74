using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LlmRabbitHoles.Kernels;

/// <summary>Turns bfloat16 numbers, the upper halves of float32 ones, into float32 and back.</summary>
public static class Bfloat16
{
    /// <summary>Widens; exact.</summary>
    /// <param name="from">bfloat16 numbers as their bits.</param>
    /// <param name="to">Receives as many float32 numbers.</param>
    public static void Widen(ReadOnlySpan<ushort> from, Span<float> to)
    {
        if (to.Length < from.Length) throw new ArgumentException($"{from.Length} numbers do not fit into {to.Length}.", nameof(to));
        var bits = MemoryMarshal.Cast<float, uint>(to);
        var i = 0;
        for (; i <= from.Length - Vector512<ushort>.Count; i += Vector512<ushort>.Count)
        {
            var (low, high) = Vector512.Widen(Vector512.Create(from[i..]));
            Vector512.ShiftLeft(low, 16).CopyTo(bits[i..]);
            Vector512.ShiftLeft(high, 16).CopyTo(bits[(i + Vector512<uint>.Count)..]);
        }
        for (; i < from.Length; i++) bits[i] = (uint)from[i] << 16;
    }

    /// <summary>Narrows to the nearest, and of two as near to the even one. Not for numbers that are none.</summary>
    /// <param name="from">float32 numbers.</param>
    /// <param name="to">Receives as many bfloat16 numbers as their bits.</param>
    public static void Narrow(ReadOnlySpan<float> from, Span<ushort> to)
    {
        if (to.Length < from.Length) throw new ArgumentException($"{from.Length} numbers do not fit into {to.Length}.", nameof(to));
        var bits = MemoryMarshal.Cast<float, uint>(from);
        var i = 0;
        for (; i <= from.Length - Vector512<ushort>.Count; i += Vector512<ushort>.Count)
        {
            var (low, high) = (Rounded(Vector512.Create(bits[i..])), Rounded(Vector512.Create(bits[(i + Vector512<uint>.Count)..])));
            Vector512.Narrow(low, high).CopyTo(to[i..]);
        }
        for (; i < from.Length; i++) to[i] = (ushort)((bits[i] + 0x7FFF + ((bits[i] >> 16) & 1)) >> 16);
    }

    private static Vector512<uint> Rounded(Vector512<uint> bits) =>
        (bits + Vector512.Create(0x7FFFu) + (Vector512.ShiftRightLogical(bits, 16) & Vector512<uint>.One)) >> 16;
}
