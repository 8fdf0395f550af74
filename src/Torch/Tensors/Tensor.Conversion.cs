using static TorchSharp.Interop.NativeMethods;
using Placement = TorchSharp.Interop.Placement;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Other dtypes and devices. Where nothing changes and copy is false, the result shares this tensor's memory.</content>
    public partial class Tensor
    {
        /// <summary>As a dtype.</summary>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(Placement.Like(type, null, false), copy, disposeAfter, non_blocking);

        /// <summary>As a dtype.</summary>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(Placement.Like(type, null, false), copy, disposeAfter, non_blocking);

        /// <summary>On a device.</summary>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(Placement.Like(null, device, false), copy, disposeAfter, non_blocking);

        /// <summary>On a device, such as "cuda:0".</summary>
        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        /// <summary>On a device; index -1 is the current one of its kind.</summary>
        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        /// <summary>As a dtype on a device.</summary>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(Placement.Like(type, device, false), copy, disposeAfter, non_blocking);

        /// <summary>With the dtype and on the device of another tensor.</summary>
        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        /// <summary>With the dtype of another tensor.</summary>
        public Tensor type_as(Tensor tensor) => to(tensor.dtype);

        /// <summary>As a dtype.</summary>
        public Tensor type(ScalarType dtype) => to(dtype);

        /// <summary>On the CPU.</summary>
        public Tensor cpu() => to(CPU);

        /// <summary>On a CUDA device; null is the current one.</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false)
        {
            if (device is not null && device.type != DeviceType.CUDA)
                throw new ArgumentException("Not a CUDA device.", nameof(device));
            return to(device ?? CUDA, non_blocking: non_blocking);
        }

        /// <summary>As Bool: whether each element is not 0.</summary>
        public Tensor @bool() => to(ScalarType.Bool);

        /// <summary>As Byte.</summary>
        public Tensor @byte() => to(ScalarType.Byte);

        /// <summary>As Int8.</summary>
        public Tensor @char() => to(ScalarType.Int8);

        /// <summary>As Int16.</summary>
        public Tensor @short() => to(ScalarType.Int16);

        /// <summary>As Int32.</summary>
        public Tensor @int() => to(ScalarType.Int32);

        /// <summary>As Int64.</summary>
        public Tensor @long() => to(ScalarType.Int64);

        /// <summary>As Float16.</summary>
        public Tensor half() => to(ScalarType.Float16);

        /// <summary>As BFloat16.</summary>
        public Tensor bfloat16() => to(ScalarType.BFloat16);

        /// <summary>As Float32.</summary>
        public Tensor @float() => to(ScalarType.Float32);

        /// <summary>As Float64.</summary>
        public Tensor @double() => to(ScalarType.Float64);

        /// <summary>A copy in pinned memory, which a GPU can read by itself.</summary>
        public Tensor pin_memory() => rabbit_pin_memory(this);

        /// <summary>A copy that shares no memory; gradients flow through it.</summary>
        public Tensor clone() => rabbit_clone(this);

        /// <summary>With the elements in row-major order without gaps; a copy only where they are not.</summary>
        public Tensor contiguous() => rabbit_contiguous(this);

        /// <summary>Copies the elements of source (broadcast, converted to this dtype) into this tensor. Returns this tensor.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => InPlace(rabbit_copy_(this, source, nonBlocking));

        /// <summary>Shares the memory, shape and strides of source from now on. Returns this tensor.</summary>
        public Tensor set_(Tensor source) => InPlace(rabbit_set_(this, source));

        private Tensor To(Placement placement, bool copy, bool disposeAfter, bool nonBlocking)
        {
            var result = rabbit_to(this, placement, copy, nonBlocking);
            if (disposeAfter)
                Dispose();
            return result;
        }
    }
}
