using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Turns a failed native call into the exception that TorchSharp throws for it.</summary>
internal static class NativeError
{
    /// <summary>Throws what this thread's last call left behind; returns where it left nothing.</summary>
    /// <exception cref="ExternalException">With libtorch's message.</exception>
    internal static void ThrowIfPending()
    {
        var message = NativeMethods.rabbit_take_error();
        if (message != 0)
            throw new ExternalException(Marshal.PtrToStringUTF8(message));
    }

    /// <summary>For a call that returns a status: 0 or more is well.</summary>
    internal static int Check(int status)
    {
        if (status < 0)
            ThrowIfPending();
        return status;
    }
}
