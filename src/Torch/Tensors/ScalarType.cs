namespace TorchSharp;

public static partial class torch
{
    /// <summary>The dtype of a tensor's elements; the numbers are libtorch's.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned, 8 bits.</summary>
        Byte = 0,

        /// <summary>Signed, 8 bits.</summary>
        Int8 = 1,

        /// <summary>Signed, 16 bits.</summary>
        Int16 = 2,

        /// <summary>Signed, 32 bits.</summary>
        Int32 = 3,

        /// <summary>Signed, 64 bits.</summary>
        Int64 = 4,

        /// <summary>IEEE half precision, 16 bits.</summary>
        Float16 = 5,

        /// <summary>IEEE single precision, 32 bits.</summary>
        Float32 = 6,

        /// <summary>IEEE double precision, 64 bits.</summary>
        Float64 = 7,

        /// <summary>Two Float32: real and imaginary part.</summary>
        ComplexFloat32 = 9,

        /// <summary>Two Float64: real and imaginary part.</summary>
        ComplexFloat64 = 10,

        /// <summary>True or false in a byte.</summary>
        Bool = 11,

        /// <summary>Quantized, signed, 8 bits.</summary>
        QInt8 = 12,

        /// <summary>Quantized, unsigned, 8 bits.</summary>
        QUInt8 = 13,

        /// <summary>Quantized, signed, 32 bits.</summary>
        QInt32 = 14,

        /// <summary>The upper half of a Float32: 8 bits of exponent, 7 of fraction.</summary>
        BFloat16 = 15,
    }
}
