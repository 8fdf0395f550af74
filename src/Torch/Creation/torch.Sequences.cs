using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

/// <content>Tensors that count, and index patterns.</content>
public static partial class torch
{
    /// <summary>0, 1, .. up to but without stop: Int64 for integers, else the default dtype.</summary>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>start, start + 1, .. up to but without stop: Int64 for integers, else the default dtype.</summary>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>start, start + step, .. up to but without stop: Int64 for integers, else the default dtype.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var integers = is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type);
        var placement = Placement.Of(dtype, integers ? ScalarType.Int64 : get_default_dtype(), device, requires_grad);
        return rabbit_arange(start, stop, step, placement);
    }

    /// <summary>As many numbers at even distances, from start to end inclusive.</summary>
    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        rabbit_linspace(start, end, steps, Placement.Of(dtype, get_default_dtype(), device, requires_grad));

    /// <summary>1 on the diagonal, 0 elsewhere; columns -1 is as many as rows.</summary>
    public static Tensor eye(
        long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        return rabbit_eye(rows, columns < 0 ? rows : columns, Placement.Of(dtype, get_default_dtype(), device, requires_grad));
    }

    /// <summary>0 .. n - 1 in random order, Int64.</summary>
    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rabbit_randperm(n, generator?.Handle ?? 0, Placement.Of(dtype, ScalarType.Int64, device, requires_grad));

    /// <summary>Integers drawn evenly from [0, high), Int64.</summary>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    /// <summary>Integers drawn evenly from [low, high), Int64.</summary>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null)
    {
        RefuseNames(names);
        var placement = Placement.Of(dtype, ScalarType.Int64, device, requires_grad);
        return rabbit_randint(low, high, size, size.Length, generator?.Handle ?? 0, placement);
    }

    /// <summary>Integers drawn evenly from [0, high), Int64.</summary>
    public static Tensor randint(
        int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(0, high, Array.ConvertAll(size, axis => (long)axis), dtype, device, requires_grad, generator, names);

    /// <summary>Integers drawn evenly from [low, high), Int64.</summary>
    public static Tensor randint(
        int low, int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint((long)low, high, Array.ConvertAll(size, axis => (long)axis), dtype, device, requires_grad, generator, names);

    /// <summary>Numbers of a normal distribution.</summary>
    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        empty(size, dtype, device, names: names).normal_(mean, std, generator).requires_grad_(requires_grad);

    /// <summary>Complex numbers from real and imaginary parts.</summary>
    public static Tensor complex(Tensor real, Tensor imag) => rabbit_complex(real, imag);

    /// <summary>Complex numbers from absolute values and angles in radians.</summary>
    public static Tensor polar(Tensor abs, Tensor angle) => rabbit_polar(abs, angle);
}
