namespace TorchSharp;

/// <content>torch.tensor: values of .NET as tensors.</content>
public static partial class torch
{
    /// <summary>A tensor of 4 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        Half[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<Half>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 3 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        Half[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<Half>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 2 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        Half[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<Half>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        Half[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Half>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A vector with a copy of the elements.</summary>
    public static Tensor tensor(
        Half[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Half>(rawArray, [rawArray.LongLength], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<Half> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Half>(Elements(rawArray), dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<Half> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Half>(Elements(rawArray), [dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<Half> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Half>(Elements(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad, names);

    /// <summary>A matrix of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<Half> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Half>(Elements(rawArray), [rows, columns], dtype, device, requires_grad, names);

    /// <summary>A vector with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<Half> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Half>(Elements(rawArray), [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        Memory<Half> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Half>(rawArray.Span, dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor without axes that holds the value; BFloat16 unless a dtype is given.</summary>
    public static Tensor tensor(BFloat16 scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar(scalar, dtype, device, requires_grad);

    /// <summary>A tensor of 4 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        BFloat16[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<BFloat16>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 3 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        BFloat16[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<BFloat16>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 2 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        BFloat16[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<BFloat16>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        BFloat16[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<BFloat16>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A vector with a copy of the elements.</summary>
    public static Tensor tensor(
        BFloat16[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<BFloat16>(rawArray, [rawArray.LongLength], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<BFloat16> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<BFloat16>(Elements(rawArray), dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<BFloat16> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<BFloat16>(Elements(rawArray), [dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<BFloat16> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<BFloat16>(Elements(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad, names);

    /// <summary>A matrix of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<BFloat16> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<BFloat16>(Elements(rawArray), [rows, columns], dtype, device, requires_grad, names);

    /// <summary>A vector with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<BFloat16> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<BFloat16>(Elements(rawArray), [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        Memory<BFloat16> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<BFloat16>(rawArray.Span, dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<float>(Elements(rawArray), dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<float> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<float>(Elements(rawArray), [dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<float> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<float>(Elements(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad, names);

    /// <summary>A matrix of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<float> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<float>(Elements(rawArray), [rows, columns], dtype, device, requires_grad, names);

    /// <summary>A vector with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<float> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<float>(Elements(rawArray), [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        Memory<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<float>(rawArray.Span, dimensions, dtype, device, requires_grad, names);

    /// <summary>A complex tensor without axes.</summary>
    public static Tensor tensor(float real, float imaginary, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar((real, imaginary), dtype, device, requires_grad);

    /// <summary>A tensor without axes that holds the value, as Float32.</summary>
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        OfScalar(scalar, null, device, requires_grad);

    /// <summary>A tensor of 4 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        float[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<float>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 3 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        float[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<float>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 2 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<float>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<float>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A vector with a copy of the elements.</summary>
    public static Tensor tensor(
        float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<float>(rawArray, [rawArray.LongLength], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<double> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<double>(Elements(rawArray), [dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<double> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<double>(Elements(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad, names);

    /// <summary>A matrix of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<double> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<double>(Elements(rawArray), [rows, columns], dtype, device, requires_grad, names);

    /// <summary>A vector with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<double> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<double>(Elements(rawArray), [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        Memory<double> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<double>(rawArray.Span, dimensions, dtype, device, requires_grad, names);

    /// <summary>A complex tensor without axes.</summary>
    public static Tensor tensor(
        double real, double imaginary, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar(new System.Numerics.Complex(real, imaginary), dtype, device, requires_grad);

    /// <summary>A tensor without axes that holds the value; Float64 unless a dtype is given.</summary>
    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar(scalar, dtype, device, requires_grad);

    /// <summary>A tensor of 4 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        double[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<double>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 3 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        double[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<double>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 2 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<double>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<double>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A vector with a copy of the elements.</summary>
    public static Tensor tensor(
        double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<double>(rawArray, [rawArray.LongLength], dtype, device, requires_grad, names);
}
