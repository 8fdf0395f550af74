using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LlmRabbitHoles.Kernels;

/// <summary>Products of matrices that lie in a core's own cache, eight rows and sixteen columns at a time.</summary>
internal static class SmallProduct
{
    private const int Rows = 8;
    private const int Lanes = 16;

    /// <summary>c = a b.</summary>
    /// <param name="a">[rows, depth], a row every aStride floats.</param>
    /// <param name="aStride">From a row to the next.</param>
    /// <param name="b">[depth, columns], a row every bStride floats.</param>
    /// <param name="bStride">From a row to the next.</param>
    /// <param name="c">Receives [rows, columns].</param>
    /// <param name="cStride">From a row to the next.</param>
    /// <param name="rows">A multiple of 8.</param>
    /// <param name="columns">A multiple of 16.</param>
    /// <param name="depth">Terms of each sum.</param>
    public static void Set(
        ReadOnlySpan<float> a, int aStride, ReadOnlySpan<float> b, int bStride, Span<float> c, int cStride, int rows, int columns,
        int depth)
    {
        Check(a, ((rows - 1) * aStride) + depth, b, ((depth - 1) * bStride) + columns, c, ((rows - 1) * cStride) + columns);
        for (var row = 0; row < rows; row += Rows)
        {
            for (var column = 0; column < columns; column += Lanes)
                Block(a, row * aStride, aStride, 1, b, column, bStride, c, (row * cStride) + column, cStride, depth, add: false);
        }
    }

    /// <summary>c += a^T b.</summary>
    /// <param name="a">[depth, rows], a row every aStride floats.</param>
    /// <param name="aStride">From a row to the next.</param>
    /// <param name="b">[depth, columns], a row every bStride floats.</param>
    /// <param name="bStride">From a row to the next.</param>
    /// <param name="c">[rows, columns]</param>
    /// <param name="cStride">From a row to the next.</param>
    /// <param name="rows">A multiple of 8.</param>
    /// <param name="columns">A multiple of 16.</param>
    /// <param name="depth">Terms of each sum.</param>
    public static void AddTransposed(
        ReadOnlySpan<float> a, int aStride, ReadOnlySpan<float> b, int bStride, Span<float> c, int cStride, int rows, int columns,
        int depth)
    {
        Check(a, ((depth - 1) * aStride) + rows, b, ((depth - 1) * bStride) + columns, c, ((rows - 1) * cStride) + columns);
        for (var row = 0; row < rows; row += Rows)
        {
            for (var column = 0; column < columns; column += Lanes)
                Block(a, row, 1, aStride, b, column, bStride, c, (row * cStride) + column, cStride, depth, add: true);
        }
    }

    private static void Check(
        ReadOnlySpan<float> a, int aLength, ReadOnlySpan<float> b, int bLength, ReadOnlySpan<float> c, int cLength)
    {
        if (a.Length < aLength || b.Length < bLength || c.Length < cLength)
        {
            throw new ArgumentException(
                $"The product reads {aLength} and {bLength} floats and writes {cLength}; there are {a.Length}, {b.Length}, {c.Length}.");
        }
    }

    // Eight sums in registers: one load of b and eight numbers of a for eight multiplications of sixteen lanes.
    private static void Block(
        ReadOnlySpan<float> a, int aAt, nint aRow, nint aStep, ReadOnlySpan<float> b, int bAt, nint bStep, Span<float> c, int cAt,
        nint cRow, int depth, bool add)
    {
        ref var x = ref Unsafe.Add(ref MemoryMarshal.GetReference(a), aAt);
        ref var y = ref Unsafe.Add(ref MemoryMarshal.GetReference(b), bAt);
        ref var z = ref Unsafe.Add(ref MemoryMarshal.GetReference(c), cAt);
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        if (add)
        {
            (s0, s1, s2, s3) = (Load(ref z, 0), Load(ref z, cRow), Load(ref z, 2 * cRow), Load(ref z, 3 * cRow));
            (s4, s5, s6, s7) = (Load(ref z, 4 * cRow), Load(ref z, 5 * cRow), Load(ref z, 6 * cRow), Load(ref z, 7 * cRow));
        }
        for (var i = 0; i < depth; i++)
        {
            var row = Vector512.LoadUnsafe(ref y);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(x), row, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, aRow)), row, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 2 * aRow)), row, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 3 * aRow)), row, s3);
            s4 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 4 * aRow)), row, s4);
            s5 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 5 * aRow)), row, s5);
            s6 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 6 * aRow)), row, s6);
            s7 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 7 * aRow)), row, s7);
            x = ref Unsafe.Add(ref x, aStep);
            y = ref Unsafe.Add(ref y, bStep);
        }
        s0.StoreUnsafe(ref z);
        s1.StoreUnsafe(ref Unsafe.Add(ref z, cRow));
        s2.StoreUnsafe(ref Unsafe.Add(ref z, 2 * cRow));
        s3.StoreUnsafe(ref Unsafe.Add(ref z, 3 * cRow));
        s4.StoreUnsafe(ref Unsafe.Add(ref z, 4 * cRow));
        s5.StoreUnsafe(ref Unsafe.Add(ref z, 5 * cRow));
        s6.StoreUnsafe(ref Unsafe.Add(ref z, 6 * cRow));
        s7.StoreUnsafe(ref Unsafe.Add(ref z, 7 * cRow));
    }

    private static Vector512<float> Load(ref float from, nint at) => Vector512.LoadUnsafe(ref Unsafe.Add(ref from, at));
}
