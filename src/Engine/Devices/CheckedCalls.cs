namespace LlmRabbitHoles.Devices;

/// <summary>
/// Members of TorchSharp whose native code lets libtorch's exceptions through, which ends the process, behind checks that throw instead.
/// The matrix product has its own file, <see cref="MatrixProduct"/>.
/// </summary>
public static class CheckedCalls
{
    /// <summary>The tensor itself, when its variance is defined.</summary>
    /// <param name="x">Any shape.</param>
    /// <exception cref="NotSupportedException">Its dtype is neither floating-point nor complex.</exception>
    public static Tensor ForVariance(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.is_floating_point() || x.is_complex()
            ? x
            : throw new NotSupportedException(
                $"The variance of {x.dtype} is not defined. Convert it first: x.to(ScalarType.Float32).var(...).");
    }

    /// <summary><c>x.cummax(dim)</c>: the largest value so far along an axis, and where it stood.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="dim">An axis of x; negative ones count from the end.</param>
    /// <exception cref="ShapeException">x has no such axis.</exception>
    public static (Tensor values, Tensor indexes) CumulativeMaximum(this Tensor x, long dim) => WithAxis(x, dim).cummax(dim);

    /// <summary><c>x.cummin(dim)</c>: the smallest value so far along an axis, and where it stood.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="dim">An axis of x; negative ones count from the end.</param>
    /// <exception cref="ShapeException">x has no such axis.</exception>
    public static (Tensor values, Tensor indexes) CumulativeMinimum(this Tensor x, long dim) => WithAxis(x, dim).cummin(dim);

    private static Tensor WithAxis(Tensor x, long dim)
    {
        ArgumentNullException.ThrowIfNull(x);
        var axes = Math.Max(x.dim(), 1);
        if (dim < -axes || dim >= axes)
            throw new ShapeException($"[{string.Join(", ", x.shape)}] has no axis {dim}; axes run from {-axes} to {axes - 1}.");
        return x.is_complex()
            ? throw new NotSupportedException($"Values of {x.dtype} have no order. Compare their sizes: x.abs().")
            : x;
    }
}
