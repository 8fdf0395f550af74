using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The memory under a tensor.</summary>
    public abstract class Storage
    {
        private protected Storage(Tensor tensor) => Owner = tensor;

        private protected Tensor Owner { get; }

        /// <summary>The address of the tensor's first element; on the tensor's device.</summary>
        public IntPtr data_ptr() => Owner.DataPointer();

        /// <summary>The size of the whole storage in bytes.</summary>
        public ulong nbytes()
        {
            Interop.NativeError.Check(Interop.NativeMethods.rabbit_storage_bytes(Owner, out var bytes));
            return (ulong)bytes;
        }

        /// <summary>The size of one element in bytes.</summary>
        public abstract int element_size();
    }

    /// <summary>The memory under a tensor as elements of one type.</summary>
    public sealed class Storage<T> : Storage, IDisposable, IEnumerable<T> where T : unmanaged
    {
        internal Storage(Tensor tensor) : base(tensor)
        {
        }

        /// <summary>The number of elements.</summary>
        public int Count => (int)(nbytes() / (ulong)element_size());

        /// <summary>The size of one element in bytes.</summary>
        public override int element_size() => (int)Owner.ElementSize;

        /// <summary>A copy of the tensor's elements.</summary>
        public T[] ToArray() => Owner.data<T>().ToArray();

        /// <summary>The tensor's elements.</summary>
        public IEnumerator<T> GetEnumerator() => Owner.data<T>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>Does nothing: the memory belongs to the tensor.</summary>
        public void Dispose()
        {
        }
    }
}
