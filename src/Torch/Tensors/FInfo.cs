namespace TorchSharp;

public static partial class torch
{
    /// <summary>The limits of the default dtype.</summary>
    public static FInfo finfo() => finfo(get_default_dtype());

    /// <summary>The limits of a real dtype.</summary>
    /// <exception cref="ArgumentException">The dtype is not real.</exception>
    public static FInfo finfo(ScalarType dtype) => dtype switch
    {
        ScalarType.BFloat16 => new FInfo(16, 0.0078125, 3.3895313892515355e+38, 1.1754943508222875e-38, 0.01),
        ScalarType.Float16 => new FInfo(16, 0.0009765625, 65504.0, 6.103515625e-05, 0.001),
        ScalarType.Float32 => new FInfo(32, 1.1920928955078125e-07, 3.4028234663852886e+38, 1.1754943508222875e-38, 1e-06),
        ScalarType.Float64 => new FInfo(64, 2.220446049250313e-16, 1.7976931348623157e+308, 2.2250738585072014e-308, 1e-15),
        _ => throw new ArgumentException($"'dtype' must be floating point, not {dtype}"),
    };

    /// <summary>The limits of a real dtype.</summary>
    public struct FInfo
    {
        /// <summary>The size of an element in bits.</summary>
        public int bits;

        /// <summary>The distance from 1 to the next greater number.</summary>
        public double eps;

        /// <summary>The greatest finite number.</summary>
        public double max;

        /// <summary>The least finite number.</summary>
        public double min;

        /// <summary>The least normal number above 0.</summary>
        public double tiny;

        /// <summary>The least normal number above 0.</summary>
        public double smallest_normal;

        /// <summary>The decimal that is surely told apart, near 1.</summary>
        public double resolution;

        internal FInfo(int bits, double eps, double max, double smallestNormal, double resolution)
        {
            this.bits = bits;
            this.eps = eps;
            this.max = max;
            min = -max;
            tiny = smallest_normal = smallestNormal;
            this.resolution = resolution;
        }
    }
}
