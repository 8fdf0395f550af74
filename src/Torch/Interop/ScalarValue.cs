using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>What kind of number a scalar holds.</summary>
internal enum ScalarKind : long
{
    None = 0,
    Boolean = 1,
    Integer = 2,
    Real = 3,
    Complex = 4,
}

/// <summary>A number with its kind, as native/border.h lays it out (32 bytes).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ScalarValue(ScalarKind kind, long integer, double real, double imaginary)
{
    internal readonly ScalarKind Kind = kind;
    internal readonly long Integer = integer;
    internal readonly double Real = real;
    internal readonly double Imaginary = imaginary;
}
