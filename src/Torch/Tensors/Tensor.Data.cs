using TorchSharp.Utils;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <content>The elements as .NET values and bytes.</content>
    public partial class Tensor
    {
        /// <summary>The memory of a contiguous CPU tensor of up to 2 GiB, to be read and written; setting it copies.</summary>
        /// <exception cref="InvalidOperationException">Not contiguous, or not on the CPU.</exception>
        /// <exception cref="ArgumentException">Over 2 GiB, or set from a span of another length.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                RequireReadableMemory();
                return new Span<byte>((void*)DataPointer(), SizeInBytes());
            }

            set
            {
                RequireReadableMemory();
                if (value.Length != SizeInBytes())
                    throw new ArgumentException(
                        $"The tensor has {SizeInBytes()} bytes and {value.Length} were given. Mismatched data sizes in SetBytes().");
                value.CopyTo(new Span<byte>((void*)DataPointer(), value.Length));
            }
        }

        /// <summary>The elements as .NET values; T is the dtype's own type. A tensor of another device is copied to the CPU first.</summary>
        /// <exception cref="ArgumentException">T is not the dtype's type.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            RequireElementType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The value of a tensor of one element; T is the dtype's own type.</summary>
        /// <exception cref="ArgumentException">More or less than one element, or T is not the dtype's type.</exception>
        public unsafe T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException("Number of elements in the tensor must be 1");
            RequireElementType(typeof(T));
            if (device_type == DeviceType.CPU)
                return Read(*(T*)DataPointer());
            using var onCpu = cpu();
            return onCpu.item<T>();
        }

        /// <summary>The value of a tensor of one element, of any dtype.</summary>
        public Scalar ToScalar()
        {
            Check(rabbit_item(this, out var value));
            return new Scalar(value);
        }

        /// <summary>The storage under the tensor.</summary>
        public Storage<T> storage<T>() where T : unmanaged => new(this);

        /// <summary>Writes the bytes of a contiguous CPU tensor of any size.</summary>
        public unsafe void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            RequireReadableMemory();
            var source = (byte*)DataPointer();
            for (long left = NumberOfElements * ElementSize; left > 0;)
            {
                var part = (int)Math.Min(left, Math.Max(bufferSize, 1));
                stream.Write(new ReadOnlySpan<byte>(source, part));
                source += part;
                left -= part;
            }
            GC.KeepAlive(this);
        }

        /// <summary>Fills a contiguous CPU tensor of any size with bytes.</summary>
        /// <exception cref="EndOfStreamException">The stream holds fewer.</exception>
        public unsafe void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            RequireReadableMemory();
            var target = (byte*)DataPointer();
            for (long left = NumberOfElements * ElementSize; left > 0;)
            {
                var part = (int)Math.Min(left, Math.Max(bufferSize, 1));
                stream.ReadExactly(new Span<byte>(target, part));
                target += part;
                left -= part;
            }
            GC.KeepAlive(this);
        }

        /// <summary>The address of the first element.</summary>
        internal nint DataPointer()
        {
            Check(rabbit_data(this, out var address));
            return address;
        }

        internal void RequireElementType(Type type)
        {
            if (ToScalarType(type) != dtype)
                throw new ArgumentException($"{type.Name} is not compatible with {dtype}");
        }

        private int SizeInBytes()
        {
            var size = NumberOfElements * ElementSize;
            return size <= int.MaxValue ? (int)size : throw new ArgumentException("Span only supports up to int.MaxValue elements.");
        }

        private void RequireReadableMemory()
        {
            if (!is_contiguous())
                throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException(
                    "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        }
    }
}
