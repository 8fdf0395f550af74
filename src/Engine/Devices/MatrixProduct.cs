namespace LlmRabbitHoles.Devices;

/// <summary>Thrown when the shapes of two tensors do not fit together.</summary>
public sealed class ShapeException(string message, Exception? inner = null) : ArgumentException(message, inner);

/// <summary>
/// The matrix product that refuses what does not fit. TorchSharp's own <c>matmul</c> lets libtorch's exception pass through native
/// code that does not catch it, which ends the process; this one makes the same products of <c>dot</c>, <c>mv</c>, <c>mm</c> and
/// <c>bmm</c>, as libtorch does, and these throw.
/// </summary>
public static class MatrixProduct
{
    /// <summary>
    /// x y, as <c>matmul</c> defines it: the last axis of x is multiplied with the last but one of y, batches are broadcast.
    /// </summary>
    /// <param name="x">[..., rows, inner] or [inner]</param>
    /// <param name="y">[..., inner, columns] or [inner]</param>
    /// <returns>[..., rows, columns], without the axis of an argument that has only one; owned by the caller's scope.</returns>
    /// <exception cref="ShapeException">The inner axes differ, the batches cannot be broadcast, or an argument has no axis.</exception>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">libtorch refuses the dtypes, the devices or the size.</exception>
    /// <remarks>torch.matmul of PyTorch 2.10.</remarks>
    public static Tensor Product(this Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        long[] left = x.shape, right = y.shape;
        if (left.Length == 0 || right.Length == 0)
            throw Refused(left, right, "Each needs at least one axis; a number is multiplied with '*'.");
        var inner = right.Length == 1 ? right[0] : right[^2];
        if (left[^1] != inner)
            throw Refused(left, right, $"The last axis of the left ({left[^1]}) must be as long as the " +
                $"{(right.Length == 1 ? "" : "last but one ")}axis of the right ({inner}).");
        return (left.Length, right.Length) switch
        {
            (1, 1) => x.dot(y),
            (2, 1) => x.mv(y),
            (2, 2) => x.mm(y),
            _ => OfBatches(x, y, left, right),
        };
    }

    private static Tensor OfBatches(Tensor x, Tensor y, long[] left, long[] right)
    {
        using var scope = NewDisposeScope();
        var (rows, columns) = (left.Length == 1 ? 1 : left[^2], right.Length == 1 ? 1 : right[^1]);
        var batches = Broadcast(left, right);
        long[] result = [.. batches, .. left.Length == 1 ? [] : new[] { rows }, .. right.Length == 1 ? [] : new[] { columns }];
        // One matrix for all batches: their rows lie behind each other in one product.
        if (right.Length <= 2)
            return x.reshape(-1, left[^1]).mm(right.Length == 1 ? y.unsqueeze(1) : y).reshape(result).MoveToOuterDisposeScope();
        var lefts = Stack(left.Length == 1 ? x.unsqueeze(0) : x, batches);
        return lefts.bmm(Stack(y, batches)).reshape(result).MoveToOuterDisposeScope();
    }

    // [..., a, b] -> [batches, a, b], without copying where the axes allow it.
    private static Tensor Stack(Tensor matrices, long[] batches)
    {
        var shape = matrices.shape;
        var wide = shape.AsSpan(0, shape.Length - 2).SequenceEqual(batches)
            ? matrices
            : matrices.expand([.. batches, shape[^2], shape[^1]]);
        return wide.reshape(batches.Aggregate(1L, (product, axis) => product * axis), shape[^2], shape[^1]);
    }

    private static long[] Broadcast(long[] left, long[] right)
    {
        var (lefts, rights) = (Batches(left), Batches(right));
        var result = new long[Math.Max(lefts.Length, rights.Length)];
        for (var i = 1; i <= result.Length; i++)
        {
            var (l, r) = (i <= lefts.Length ? lefts[^i] : 1, i <= rights.Length ? rights[^i] : 1);
            if (l != r && l != 1 && r != 1)
                throw Refused(left, right, $"The axes before the last two are batches; {l} and {r} differ, and neither is 1.");
            result[^i] = l == 1 ? r : l;
        }

        return result;
    }

    private static long[] Batches(long[] shape) => shape.Length <= 2 ? [] : shape[..^2];

    private static ShapeException Refused(long[] left, long[] right, string reason) =>
        new($"[{string.Join(", ", left)}] and [{string.Join(", ", right)}] cannot be multiplied. {reason}");
}
