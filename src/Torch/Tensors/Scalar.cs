using System.Numerics;
using System.Runtime.InteropServices.Marshalling;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A single number that keeps its kind: bool, integer (as Int64), real (as Float64) or complex (as ComplexFloat64).</summary>
[NativeMarshalling(typeof(ScalarMarshaller))]
public sealed class Scalar : IDisposable
{
    internal Scalar(ScalarValue value) => Value = value;

    internal ScalarValue Value { get; }

    /// <summary>Bool, Int64, Float64 or ComplexFloat64.</summary>
    public torch.ScalarType Type => Value.Kind switch
    {
        ScalarKind.Boolean => torch.ScalarType.Bool,
        ScalarKind.Integer => torch.ScalarType.Int64,
        ScalarKind.Complex => torch.ScalarType.ComplexFloat64,
        _ => torch.ScalarType.Float64,
    };

    /// <summary>The number as a scalar.</summary>
    public static implicit operator Scalar(byte value) => Integer(value);

    /// <summary>The number as a scalar.</summary>
    public static implicit operator Scalar(sbyte value) => Integer(value);

    /// <summary>The number as a scalar.</summary>
    public static implicit operator Scalar(short value) => Integer(value);

    /// <summary>The number as a scalar.</summary>
    public static implicit operator Scalar(int value) => Integer(value);

    /// <summary>The number as a scalar.</summary>
    public static implicit operator Scalar(long value) => Integer(value);

    /// <summary>The number as a scalar.</summary>
    public static implicit operator Scalar(Half value) => Real((double)value);

    /// <summary>The number as a scalar.</summary>
    public static implicit operator Scalar(BFloat16 value) => Real(value.ToSingle());

    /// <summary>The number as a scalar.</summary>
    public static implicit operator Scalar(float value) => Real(value);

    /// <summary>The number as a scalar.</summary>
    public static implicit operator Scalar(double value) => Real(value);

    /// <summary>The truth value as a scalar.</summary>
    public static implicit operator Scalar(bool value) => new(new ScalarValue(ScalarKind.Boolean, value ? 1 : 0, 0, 0));

    /// <summary>Real and imaginary part as a scalar.</summary>
    public static implicit operator Scalar((float, float) value) => Complex(value.Item1, value.Item2);

    /// <summary>The number as a scalar.</summary>
    public static implicit operator Scalar(Complex value) => Complex(value.Real, value.Imaginary);

    /// <summary>Does nothing here: this binding's scalars hold no native memory.</summary>
    public void Dispose()
    {
    }

    private static Scalar Integer(long value) => new(new ScalarValue(ScalarKind.Integer, value, 0, 0));

    private static Scalar Real(double value) => new(new ScalarValue(ScalarKind.Real, 0, value, 0));

    private static Scalar Complex(double real, double imaginary) => new(new ScalarValue(ScalarKind.Complex, 0, real, imaginary));
}
