using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>Passes a tensor as its handle and owns the handle that comes back.</summary>
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(Argument))]
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedOut, typeof(Result))]
[CustomMarshaller(typeof(Tensor), MarshalMode.ElementIn, typeof(Element))]
internal static class TensorMarshaller
{
    /// <summary>Keeps the tensor alive until the call is over: its finalizer would free it under the callee's feet.</summary>
    internal ref struct Argument
    {
        private Tensor? _tensor;

        public void FromManaged(Tensor? tensor) => _tensor = tensor;

        public readonly nint ToUnmanaged() => _tensor is null ? 0 : _tensor.Handle;

        public readonly void OnInvoked() => GC.KeepAlive(_tensor);

        public readonly void Free()
        {
        }
    }

    /// <summary>A null handle means that the call failed.</summary>
    internal static class Result
    {
        public static Tensor ConvertToManaged(nint handle)
        {
            if (handle == 0)
                ThrowFailure();
            return new Tensor(handle);
        }

        private static void ThrowFailure()
        {
            NativeError.ThrowIfPending();
            throw new ExternalException("The native call returned no tensor and no message.");
        }
    }

    /// <summary>In a list; the caller keeps the list alive. Only the way to native code is used.</summary>
    internal static class Element
    {
        public static nint ConvertToUnmanaged(Tensor? tensor) => tensor is null ? 0 : tensor.Handle;

        public static Tensor ConvertToManaged(nint handle) => Result.ConvertToManaged(handle);
    }
}
