using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The C functions of native/, one partial file for each of its .cpp files; names and order of arguments are the same.</summary>
/// <remarks>Tensors and scalars are passed as themselves: <see cref="TensorMarshaller"/> and <see cref="ScalarMarshaller"/> unwrap them.</remarks>
internal static partial class NativeMethods
{
    /// <summary>Found by <see cref="NativeLibraryLoader"/> beside the assembly.</summary>
    internal const string Library = "rabbit_torch";

    [LibraryImport(Library)]
    internal static partial nint rabbit_take_error();

    [LibraryImport(Library)]
    internal static partial void rabbit_release(nint handle);

    [LibraryImport(Library)]
    internal static partial void rabbit_free(nint memory);
}
