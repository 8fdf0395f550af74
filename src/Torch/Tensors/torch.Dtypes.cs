using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    private static ScalarType _defaultDtype = ScalarType.Float32;

    /// <summary><see cref="ScalarType.Float16"/>.</summary>
    public static ScalarType float16 = ScalarType.Float16;

    /// <summary><see cref="ScalarType.Float16"/>.</summary>
    public static ScalarType half = ScalarType.Float16;

    /// <summary><see cref="ScalarType.BFloat16"/>.</summary>
    public static ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary><see cref="ScalarType.Float32"/>.</summary>
    public static ScalarType float32 = ScalarType.Float32;

    /// <summary><see cref="ScalarType.Float32"/>.</summary>
    public static ScalarType @float = ScalarType.Float32;

    /// <summary><see cref="ScalarType.Float64"/>.</summary>
    public static ScalarType float64 = ScalarType.Float64;

    /// <summary><see cref="ScalarType.Float64"/>.</summary>
    public static ScalarType @double = ScalarType.Float64;

    /// <summary><see cref="ScalarType.Int8"/>.</summary>
    public static ScalarType int8 = ScalarType.Int8;

    /// <summary><see cref="ScalarType.Byte"/>.</summary>
    public static ScalarType uint8 = ScalarType.Byte;

    /// <summary><see cref="ScalarType.Int16"/>.</summary>
    public static ScalarType int16 = ScalarType.Int16;

    /// <summary><see cref="ScalarType.Int16"/>.</summary>
    public static ScalarType @short = ScalarType.Int16;

    /// <summary><see cref="ScalarType.Int32"/>.</summary>
    public static ScalarType int32 = ScalarType.Int32;

    /// <summary><see cref="ScalarType.Int32"/>.</summary>
    public static ScalarType @int = ScalarType.Int32;

    /// <summary><see cref="ScalarType.Int64"/>.</summary>
    public static ScalarType int64 = ScalarType.Int64;

    /// <summary><see cref="ScalarType.Int64"/>.</summary>
    public static ScalarType @long = ScalarType.Int64;

    /// <summary><see cref="ScalarType.Bool"/>.</summary>
    public static ScalarType @bool = ScalarType.Bool;

    /// <summary><see cref="ScalarType.ComplexFloat32"/>.</summary>
    public static ScalarType complex64 = ScalarType.ComplexFloat32;

    /// <summary><see cref="ScalarType.ComplexFloat32"/>.</summary>
    public static ScalarType cfloat = ScalarType.ComplexFloat32;

    /// <summary><see cref="ScalarType.ComplexFloat64"/>.</summary>
    public static ScalarType complex128 = ScalarType.ComplexFloat64;

    /// <summary><see cref="ScalarType.ComplexFloat64"/>.</summary>
    public static ScalarType cdouble = ScalarType.ComplexFloat64;

    /// <summary>The dtype of real tensors that are made without one: Float32 unless it was set.</summary>
    public static ScalarType get_default_dtype() => _defaultDtype;

    /// <summary>Sets the dtype of real tensors that are made without one, for the whole process.</summary>
    public static void set_default_dtype(ScalarType dtype)
    {
        NativeError.Check(NativeMethods.rabbit_set_default_dtype((int)dtype));
        _defaultDtype = dtype;
    }

    /// <summary>The dtype that an operation on these two gives.</summary>
    public static ScalarType promote_types(ScalarType type1, ScalarType type2)
    {
        NativeError.Check(NativeMethods.rabbit_promote_types((int)type1, (int)type2, out var result));
        return (ScalarType)result;
    }

    /// <summary>Whether the dtype is Float16, BFloat16, Float32 or Float64.</summary>
    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    /// <summary>Whether the dtype is an integer or Bool.</summary>
    public static bool is_integral(ScalarType type) =>
        type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

    /// <summary>Whether the dtype is complex.</summary>
    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    /// <summary>The dtype whose elements are this .NET type.</summary>
    /// <exception cref="NotSupportedException">No dtype is.</exception>
    internal static ScalarType ToScalarType(Type type) => type switch
    {
        _ when type == typeof(bool) => ScalarType.Bool,
        _ when type == typeof(byte) => ScalarType.Byte,
        _ when type == typeof(sbyte) => ScalarType.Int8,
        _ when type == typeof(short) => ScalarType.Int16,
        _ when type == typeof(int) => ScalarType.Int32,
        _ when type == typeof(long) => ScalarType.Int64,
        _ when type == typeof(Half) => ScalarType.Float16,
        _ when type == typeof(BFloat16) => ScalarType.BFloat16,
        _ when type == typeof(float) => ScalarType.Float32,
        _ when type == typeof(double) => ScalarType.Float64,
        _ when type == typeof((float, float)) => ScalarType.ComplexFloat32,
        _ when type == typeof(System.Numerics.Complex) => ScalarType.ComplexFloat64,
        _ => throw new NotSupportedException($"The type {type.FullName} is not supported."),
    };
}
