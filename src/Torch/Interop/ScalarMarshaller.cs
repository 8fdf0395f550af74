using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp.Interop;

/// <summary>Passes a scalar by value; null becomes the kind None.</summary>
[CustomMarshaller(typeof(Scalar), MarshalMode.ManagedToUnmanagedIn, typeof(ScalarMarshaller))]
internal static class ScalarMarshaller
{
    public static ScalarValue ConvertToUnmanaged(Scalar? scalar) => scalar is null ? default : scalar.Value;
}
