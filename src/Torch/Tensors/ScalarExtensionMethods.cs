using System.Numerics;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Conversions between <see cref="Scalar"/> and .NET's numbers.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>The value as a scalar of its kind.</summary>
    public static Scalar ToScalar(this byte value) => value;

    /// <summary>The value as a scalar of its kind.</summary>
    public static Scalar ToScalar(this sbyte value) => value;

    /// <summary>The value as a scalar of its kind.</summary>
    public static Scalar ToScalar(this short value) => value;

    /// <summary>The value as a scalar of its kind.</summary>
    public static Scalar ToScalar(this int value) => value;

    /// <summary>The value as a scalar of its kind.</summary>
    public static Scalar ToScalar(this long value) => value;

    /// <summary>The value as a scalar of its kind.</summary>
    public static Scalar ToScalar(this Half value) => value;

    /// <summary>The value as a scalar of its kind.</summary>
    public static Scalar ToScalar(this BFloat16 value) => value;

    /// <summary>The value as a scalar of its kind.</summary>
    public static Scalar ToScalar(this float value) => value;

    /// <summary>The value as a scalar of its kind.</summary>
    public static Scalar ToScalar(this double value) => value;

    /// <summary>The value as a scalar of its kind.</summary>
    public static Scalar ToScalar(this bool value) => value;

    /// <summary>The value as a scalar of its kind.</summary>
    public static Scalar ToScalar(this (float, float) value) => value;

    /// <summary>The value as a scalar of its kind.</summary>
    public static Scalar ToScalar(this Complex value) => value;

    /// <summary>The value, rounded to bfloat16, as a scalar.</summary>
    public static Scalar ToBFloat16Scalar(this float value) => new BFloat16(value);

    /// <summary>The number as single precision.</summary>
    public static float ToSingle(this Scalar value) => (float)value.ToDouble();

    /// <summary>The number as double precision.</summary>
    public static double ToDouble(this Scalar value) => value.Value.Kind is ScalarKind.Real or ScalarKind.Complex ? value.Value.Real : value.Value.Integer;

    /// <summary>The number as half precision.</summary>
    public static Half ToHalf(this Scalar value) => (Half)value.ToDouble();

    /// <summary>The number as bfloat16.</summary>
    public static BFloat16 ToBFloat16(this Scalar value) => new(value.ToSingle());

    /// <summary>The number as an integer; a fraction is cut off, and what does not fit throws.</summary>
    public static sbyte ToSByte(this Scalar value) => checked((sbyte)value.ToInt64());

    /// <summary>The number as an integer; a fraction is cut off, and what does not fit throws.</summary>
    public static byte ToByte(this Scalar value) => checked((byte)value.ToInt64());

    /// <summary>The number as an integer; a fraction is cut off, and what does not fit throws.</summary>
    public static short ToInt16(this Scalar value) => checked((short)value.ToInt64());

    /// <summary>The number as an integer; a fraction is cut off, and what does not fit throws.</summary>
    public static int ToInt32(this Scalar value) => checked((int)value.ToInt64());

    /// <summary>The number as an integer; a fraction is cut off, and what does not fit throws.</summary>
    public static long ToInt64(this Scalar value) => value.Value.Kind is ScalarKind.Real or ScalarKind.Complex ? (long)value.Value.Real : value.Value.Integer;

    /// <summary>Whether the number is not 0.</summary>
    public static bool ToBoolean(this Scalar value) => value.ToDouble() != 0;

    /// <summary>Real and imaginary part.</summary>
    public static (float Real, float Imaginary) ToComplexFloat32(this Scalar value) => ((float)value.ToDouble(), (float)value.Value.Imaginary);

    /// <summary>The number as a complex one.</summary>
    public static Complex ToComplexFloat64(this Scalar value) => new(value.ToDouble(), value.Value.Imaginary);
}
