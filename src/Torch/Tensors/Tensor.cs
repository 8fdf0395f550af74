using System.Runtime.InteropServices.Marshalling;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An array of numbers of one dtype on one device: a handle to a libtorch tensor, which it gives back when disposed.</summary>
    [NativeMarshalling(typeof(TensorMarshaller))]
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;
        private static long _peakCount;

        internal IntPtr handle;

        /// <summary>Takes ownership of a handle; without register no scope owns the tensor and no statistics count its making.</summary>
        internal Tensor(IntPtr handle, bool register = true)
        {
            this.handle = handle;
            var total = Interlocked.Increment(ref _totalCount);
            if (total > _peakCount)
                _peakCount = total;
            if (register)
                DisposeScopeManager.ThreadSingleton.Register(this);
        }

        /// <summary>Gives back the handle of a tensor that nobody disposed.</summary>
        ~Tensor() => Dispose(false);

        /// <summary>How many tensors of all threads are alive.</summary>
        public static long TotalCount => _totalCount;

        /// <summary>The most tensors of all threads that were ever alive at once.</summary>
        public static long PeakCount => _peakCount;

        /// <summary>The native handle.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public IntPtr Handle => handle != IntPtr.Zero ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        /// <summary>Whether the tensor was disposed.</summary>
        public bool IsInvalid => handle == IntPtr.Zero;

        /// <summary>A name for people who debug; nothing reads it.</summary>
        public string? name { get; set; }

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>The place in the owning scope's list.</summary>
        internal int ScopeSlot { get; set; }

        /// <summary>Gives the handle back to libtorch, which frees the memory when no view or graph needs it; twice is harmless.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Gives the handle back; from the finalizer (disposing is false) without touching a scope, which other threads may use.</summary>
        protected virtual void Dispose(bool disposing)
        {
            if (handle == IntPtr.Zero)
                return;
            DisposeScopeManager.ThreadSingleton.CountDisposal(this);
            if (disposing)
                OwningDisposeScope?.Remove(this);
            Interlocked.Decrement(ref _totalCount);
            NativeMethods.rabbit_release(MoveHandle());
        }

        /// <summary>Lets the outer scope own the tensor; where there is none nobody does. Returns this tensor.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            var scope = OwningDisposeScope;
            return scope is null ? this : MoveToOtherDisposeScope(scope.OuterScope);
        }

        /// <summary>Takes the tensor out of its scope: nobody but the caller disposes it. Returns this tensor.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach([this]);
            return this;
        }

        /// <summary>Lets the scope that owns another tensor own this one. Returns this tensor.</summary>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        /// <summary>Lets another scope own the tensor; null detaches it. Returns this tensor.</summary>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null)
                other?.Attach(this);
            else if (other is null)
                DetachFromDisposeScope();
            else if (OwningDisposeScope.Remove(this))
                other.Add(this);
            return this;
        }

        /// <summary>A second managed tensor over the same native one; each is disposed on its own.</summary>
        public Tensor alias() => NativeMethods.rabbit_alias(this);

        /// <summary>Leaves this tensor without a handle, which the caller now owns: how a Parameter takes over its data.</summary>
        internal IntPtr MoveHandle()
        {
            var moved = handle;
            handle = IntPtr.Zero;
            return moved;
        }

        /// <summary>After an in-place call: this tensor, or the exception of a failed status.</summary>
        private Tensor InPlace(int status)
        {
            NativeError.Check(status);
            return this;
        }
    }
}
