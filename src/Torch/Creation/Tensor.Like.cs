using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <content>New tensors after the shape, dtype and device of this one.</content>
    public partial class Tensor
    {
        /// <summary>Memory that nobody has written yet.</summary>
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            rabbit_empty_like(this, Placement.Like(dtype, device, requires_grad));

        /// <summary>Zeros.</summary>
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            rabbit_zeros_like(this, Placement.Like(dtype, device, requires_grad));

        /// <summary>Ones.</summary>
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            rabbit_ones_like(this, Placement.Like(dtype, device, requires_grad));

        /// <summary>The same number everywhere.</summary>
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            rabbit_full_like(this, value, Placement.Like(dtype, device, requires_grad));

        /// <summary>Numbers drawn evenly from [0, 1).</summary>
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            rabbit_rand_like(this, Placement.Like(dtype, device, requires_grad));

        /// <summary>Numbers of the standard normal distribution.</summary>
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            rabbit_randn_like(this, Placement.Like(dtype, device, requires_grad));
    }
}
