using System.Numerics;

namespace TorchSharp;

/// <content>torch.tensor: values of .NET as tensors.</content>
public static partial class torch
{
    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<(float Real, float Imaginary)> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<(float, float)>(Elements(rawArray), dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<(float Real, float Imaginary)> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<(float, float)>(Elements(rawArray), [dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<(float Real, float Imaginary)> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<(float, float)>(Elements(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad, names);

    /// <summary>A matrix of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<(float Real, float Imaginary)> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<(float, float)>(Elements(rawArray), [rows, columns], dtype, device, requires_grad, names);

    /// <summary>A vector with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<(float Real, float Imaginary)> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<(float, float)>(Elements(rawArray), [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor without axes that holds the value; ComplexFloat32 unless a dtype is given.</summary>
    public static Tensor tensor(
        (float Real, float Imaginary) scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar(scalar, dtype, device, requires_grad);

    /// <summary>A tensor of 4 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        (float Real, float Imaginary)[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<(float, float)>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 3 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        (float Real, float Imaginary)[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<(float, float)>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 2 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        (float Real, float Imaginary)[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<(float, float)>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        (float Real, float Imaginary)[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<(float, float)>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A vector with a copy of the elements.</summary>
    public static Tensor tensor(
        (float Real, float Imaginary)[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<(float, float)>(rawArray, [rawArray.LongLength], dtype, device, requires_grad, names);

    /// <summary>A complex tensor without axes.</summary>
    public static Tensor tensor(
        (double Real, double Imaginary) scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar(new Complex(scalar.Real, scalar.Imaginary), dtype, device, requires_grad);

    /// <summary>A tensor without axes that holds the value; ComplexFloat64 unless a dtype is given.</summary>
    public static Tensor tensor(Complex scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar(scalar, dtype, device, requires_grad);

    /// <summary>A tensor of 4 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        Complex[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<Complex>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 3 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        Complex[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<Complex>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 2 axes with a copy of the elements.</summary>
    public static Tensor tensor(
        Complex[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfArray<Complex>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        Complex[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Complex>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A vector with a copy of the elements.</summary>
    public static Tensor tensor(
        Complex[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Complex>(rawArray, [rawArray.LongLength], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<Complex> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Complex>(Elements(rawArray), dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<Complex> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Complex>(Elements(rawArray), [dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<Complex> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Complex>(Elements(rawArray), [dim0, dim1, dim2], dtype, device, requires_grad, names);

    /// <summary>A matrix of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<Complex> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Complex>(Elements(rawArray), [rows, columns], dtype, device, requires_grad, names);

    /// <summary>A vector with a copy of the elements.</summary>
    public static Tensor tensor(
        IList<Complex> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Complex>(Elements(rawArray), [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given sizes with a copy of the elements.</summary>
    public static Tensor tensor(
        Memory<Complex> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        OfSpan<Complex>(rawArray.Span, dimensions, dtype, device, requires_grad, names);
}
