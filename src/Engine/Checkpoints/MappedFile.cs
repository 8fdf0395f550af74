using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>A file in memory without being read: its pages come in when something first looks at them.</summary>
/// <remarks>The mapping is private: who writes to a tensor on it gets a page of their own, and the file stays as it is.</remarks>
internal sealed partial class MappedFile : IDisposable
{
    // A small file gains nothing from lying in the mapping, and it may be replaced while a model lives.
    private const long WorthMapping = 16 << 20;

    private static readonly Dictionary<nint, Stack<SafeMemoryMappedViewHandle>> Lent = [];

    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long _length;

    private MappedFile(FileStream file)
    {
        _length = file.Length;
        _map = MemoryMappedFile.CreateFromFile(
            file, null, 0, MemoryMappedFileAccess.CopyOnWrite, HandleInheritability.None, leaveOpen: false);
        _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.CopyOnWrite);
    }

    /// <summary>Maps a file.</summary>
    /// <param name="file">Open for reading and not empty; the mapping becomes its owner.</param>
    public static MappedFile Of(FileStream file) => new(file);

    /// <summary>A tensor of bytes of the file: it lies on the mapping and keeps it. Of a small file, or where it is not
    /// aligned, it is a copy.</summary>
    /// <param name="offset">Where its bytes begin.</param>
    /// <param name="dtype">What they are.</param>
    /// <param name="shape">Its sizes; the bytes lie within the file.</param>
    /// <returns>On the CPU, owned by the caller's scope.</returns>
    public unsafe Tensor TensorAt(long offset, ScalarType dtype, ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var size in shape) count *= size;
        if (_length < WorthMapping || count == 0 || offset % dtype.ElementSize() != 0) return Copied(offset, dtype, shape);
        byte* start = null;
        var handle = _view.SafeMemoryMappedViewHandle;
        handle.AcquirePointer(ref start);    // given back when the tensor is freed
        var data = (nint)(start + _view.PointerOffset + offset);
        lock (Lent)
        {
            if (!Lent.TryGetValue(data, out var handles)) Lent[data] = handles = [];
            handles.Push(handle);
        }
        fixed (long* sizes = shape)
        {
            var tensor = NewTensor(data, &Return, sizes, shape.Length, (sbyte)dtype, (sbyte)dtype, (int)DeviceType.CPU, -1, false);
            if (tensor != 0) return Tensor.UnsafeCreateTensor(tensor);
        }
        GiveBack(data);
        return Copied(offset, dtype, shape);
    }

    /// <summary>Ends the mapping once no tensor lies on it any more.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
    }

    private unsafe Tensor Copied(long offset, ScalarType dtype, ReadOnlySpan<long> shape)
    {
        var tensor = empty(shape, dtype);
        byte* start = null;
        var handle = _view.SafeMemoryMappedViewHandle;
        handle.AcquirePointer(ref start);
        try
        {
            var from = start + _view.PointerOffset + offset;
            TensorBytes.ForEachWindow(
                tensor, (int)dtype.ElementSize(), (window, at) => new ReadOnlySpan<byte>(from + at, window.Length).CopyTo(window));
        }
        finally
        {
            handle.ReleasePointer();
        }
        return tensor;
    }

    [UnmanagedCallersOnly]
    private static void Return(nint data) => GiveBack(data);

    private static void GiveBack(nint data)
    {
        SafeMemoryMappedViewHandle handle;
        lock (Lent)
        {
            var handles = Lent[data];
            handle = handles.Pop();
            if (handles.Count == 0) Lent.Remove(data);
        }
        handle.ReleasePointer();
    }

    // TorchSharp makes tensors of memory that is not its own for managed arrays only; this is what it calls for them.
    [LibraryImport("LibTorchSharp", EntryPoint = "THSTensor_new")]
    private static unsafe partial nint NewTensor(
        nint data, delegate* unmanaged<nint, void> deleter, long* sizes, int dimensions, sbyte type, sbyte dtype, int deviceType,
        int deviceIndex, [MarshalAs(UnmanagedType.U1)] bool requiresGradient);
}
