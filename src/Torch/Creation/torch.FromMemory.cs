using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

/// <content>From arrays to tensors: torch.tensor copies; from_array, as_tensor and frombuffer share the array's memory.</content>
public static partial class torch
{
    /// <summary>A tensor with the sizes of the array, over its own memory; both see each other's writes.</summary>
    /// <exception cref="NotSupportedException">No dtype has elements of this type.</exception>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor with the sizes of the array, over its own memory where dtype and device allow it, else a copy.</summary>
    /// <exception cref="NotSupportedException">No dtype has elements of this type.</exception>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        var source = ToScalarType(rawArray.GetType().GetElementType()!);
        var place = InitializeDevice(device);
        // The garbage collector pins no arrays of tuples.
        if (source == ScalarType.ComplexFloat32)
            return CopyOf(rawArray, dtype, place, requires_grad);
        var shared = Shared(rawArray, 0, SizesOf(rawArray), source);
        var target = dtype ?? source;
        var stays = target == source && place.type == DeviceType.CPU;
        return (stays ? shared : shared.to(target, place, disposeAfter: true)).requires_grad_(requires_grad);
    }

    /// <summary>A vector over the array's own memory, from offset on; both see each other's writes.</summary>
    /// <exception cref="ArgumentException">The offset lies outside.</exception>
    /// <exception cref="IndexOutOfRangeException">The array holds fewer than count elements from there on.</exception>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        if (offset < 0 || offset >= rawArray.LongLength)
            throw new ArgumentException($"invalid value for 'offset': {offset}");
        var most = rawArray.LongLength - offset;
        if (count > most)
            throw new IndexOutOfRangeException($"element count is too large: {count}");
        var source = ToScalarType(rawArray.GetType().GetElementType()!);
        var shared = Shared(rawArray, offset, [count < 0 ? most : count], source);
        return (dtype == source ? shared : shared.to(dtype, disposeAfter: true)).requires_grad_(requires_grad);
    }

    private static Tensor OfScalar<T>(T value, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged =>
        OfSpan<T>([value], [], dtype, device, requires_grad, null);

    private static Tensor OfArray<T>(Array array, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) where T : unmanaged
    {
        RefuseNames(names);
        return CopyOf(array, dtype, device, requires_grad);
    }

    private static Tensor OfSpan<T>(
        ReadOnlySpan<T> elements, ReadOnlySpan<long> sizes, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged
    {
        RefuseNames(names);
        var needed = ProductOf(sizes);
        if (needed > elements.Length)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {needed} vs. {elements.Length}");
        var source = ToScalarType(typeof(T));
        var placement = Placement.Of(dtype, source, device, requires_grad);
        return FromBytes(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(elements)), sizes, source, placement);
    }

    private static Tensor CopyOf(Array array, ScalarType? dtype, Device? device, bool requires_grad)
    {
        var source = ToScalarType(array.GetType().GetElementType()!);
        var placement = Placement.Of(dtype, source, device, requires_grad);
        return FromBytes(ref MemoryMarshal.GetArrayDataReference(array), SizesOf(array), source, placement);
    }

    /// <summary>Over the array's memory, which stays pinned until the last view of it is gone.</summary>
    private static unsafe Tensor Shared(Array array, long offset, ReadOnlySpan<long> sizes, ScalarType source)
    {
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        var start = pin.AddrOfPinnedObject() + (nint)(offset * source.ElementSize());
        return rabbit_from_memory(start, sizes, sizes.Length, (int)source, &Unpin, GCHandle.ToIntPtr(pin));
    }

    private static unsafe Tensor FromBytes(ref byte first, ReadOnlySpan<long> sizes, ScalarType source, Placement placement)
    {
        fixed (byte* bytes = &first)
            return rabbit_from_bytes((nint)bytes, sizes, sizes.Length, (int)source, placement);
    }

    private static ReadOnlySpan<T> Elements<T>(IList<T> list) => list switch
    {
        T[] array => array,
        List<T> elements => CollectionsMarshal.AsSpan(elements),
        _ => list.ToArray(),
    };

    private static long[] SizesOf(Array array)
    {
        var sizes = new long[array.Rank];
        for (var axis = 0; axis < sizes.Length; axis++)
            sizes[axis] = array.GetLongLength(axis);
        return sizes;
    }

    private static long ProductOf(ReadOnlySpan<long> sizes)
    {
        var product = 1L;
        foreach (var size in sizes)
            product *= size;
        return product;
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint pin) => GCHandle.FromIntPtr(pin).Free();

    /// <summary>Axes have no names in this binding.</summary>
    private static void RefuseNames(string[]? names)
    {
        if (names is { Length: > 0 })
            throw new NotSupportedException("This binding has no named tensors. Leave out the argument 'names'.");
    }
}
