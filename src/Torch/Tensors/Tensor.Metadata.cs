using System.Text;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Shape, dtype and place.</content>
    public partial class Tensor
    {
        /// <summary>The number of axes.</summary>
        public long Dimensions => Read(rabbit_dim(Handle));

        /// <summary>The number of axes.</summary>
        public long ndim => Dimensions;

        /// <summary>The number of elements.</summary>
        public long NumberOfElements => Read(rabbit_numel(Handle));

        /// <summary>The size of one element in bytes.</summary>
        public long ElementSize => Read(rabbit_element_size(Handle));

        /// <summary>The sizes of all axes; a new array at each call.</summary>
        public unsafe long[] shape
        {
            get
            {
                var sizes = new ReadOnlySpan<long>((long*)rabbit_sizes(Handle), (int)rabbit_dim(handle)).ToArray();
                GC.KeepAlive(this);
                return sizes;
            }
        }

        /// <summary>The dtype of the elements.</summary>
        public ScalarType dtype => (ScalarType)Read(rabbit_dtype(Handle));

        /// <summary>The kind of device that the tensor lives on.</summary>
        public DeviceType device_type => (DeviceType)Read(rabbit_device_type(Handle));

        /// <summary>Which device of its kind; -1 on the CPU.</summary>
        public int device_index => (int)Read(rabbit_device_index(Handle));

        /// <summary>The device that the tensor lives on.</summary>
        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);

        /// <summary>Whether the tensor lives on a CUDA device.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Whether the tensor has no memory, only a shape and a dtype.</summary>
        public bool is_meta => device_type == DeviceType.META;

        /// <summary>The number of axes.</summary>
        public long dim() => Dimensions;

        /// <summary>The number of elements.</summary>
        public long numel() => NumberOfElements;

        /// <summary>The size of one element in bytes.</summary>
        public long element_size() => ElementSize;

        /// <summary>The sizes of all axes.</summary>
        public long[] size() => shape;

        /// <summary>The size of one axis; a negative one counts from the end.</summary>
        public long size(int dim)
        {
            Check(rabbit_size(this, dim, out var size));
            return size;
        }

        /// <summary>For each axis, how many elements further the next one lies.</summary>
        public long[] stride()
        {
            var strides = new long[Dimensions];
            Check(rabbit_strides(this, strides));
            return strides;
        }

        /// <summary>How many elements further the next one along the axis lies.</summary>
        public long stride(int dim)
        {
            Check(rabbit_stride(this, dim, out var stride));
            return stride;
        }

        /// <summary>Where in its storage the first element lies, in elements.</summary>
        public long storage_offset()
        {
            Check(rabbit_storage_offset(this, out var offset));
            return offset;
        }

        /// <summary>Whether the elements lie in memory in row-major order without gaps.</summary>
        public bool is_contiguous() => Read(rabbit_is_contiguous(Handle)) != 0;

        /// <summary>Whether the tensor lives on the CPU.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>Whether the memory is pinned, so that a GPU can read it by itself.</summary>
        public bool is_pinned() => Check(rabbit_is_pinned(this)) != 0;

        /// <summary>Whether the dtype is a real one.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the dtype is an integer or Bool.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Whether the dtype is complex.</summary>
        public bool is_complex() => torch.is_complex(dtype);

        /// <summary>Shape, dtype and device: "[2x3], type = Float32, device = cpu".</summary>
        public override string ToString()
        {
            var text = new StringBuilder("[").AppendJoin('x', shape).Append(']');
            return text.Append(", type = ").Append(dtype).Append(", device = ").Append(device).ToString();
        }

        /// <summary>Equality of values, as Equals(Tensor), for tensors; false for anything else.</summary>
        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);

        /// <summary>Whether shape and all elements are the same.</summary>
        public bool Equals(Tensor target) => target is not null && Check(rabbit_equal(this, target)) != 0;

        /// <summary>By identity.</summary>
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        /// <summary>A native getter took the bare handle: the tensor must live until it has answered.</summary>
        private T Read<T>(T answer)
        {
            GC.KeepAlive(this);
            return answer;
        }

        private static int Check(int status) => Interop.NativeError.Check(status);
    }
}
