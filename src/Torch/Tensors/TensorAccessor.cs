using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>The elements of a CPU tensor in row-major order, as .NET values; keeps the tensor alive.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly Tensor _tensor;
    private readonly T* _data;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;

    internal TensorAccessor(Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
            throw new InvalidOperationException(
                "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        _tensor = tensor;
        _data = (T*)tensor.DataPointer();
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        Count = tensor.numel();
    }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>Always false: the elements can be set.</summary>
    public bool IsReadOnly => false;

    /// <summary>The element at a row-major position, or at one index for each axis.</summary>
    public T this[params long[] indices]
    {
        get => _data[OffsetOf(indices)];
        set => _data[OffsetOf(indices)] = value;
    }

    /// <summary>Whether both are over the same tensor.</summary>
    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => ReferenceEquals(left?._tensor, right?._tensor);

    /// <summary>Whether the two are over different tensors.</summary>
    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    /// <summary>A copy of all elements.</summary>
    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    /// <summary>A copy of all elements in an array of as many dimensions as the tensor has (one for a scalar).</summary>
    public Array ToNDArray()
    {
        if (_shape.Length == 0)
            return ToArray();
        var array = Array.CreateInstance(typeof(T), _shape);
        if (Count == 0)
            return array;
        fixed (byte* target = &System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array))
            CopyTo(new Span<T>(target, checked((int)Count)));
        return array;
    }

    /// <summary>Copies elements, from the position tensorIndex on, until the array is full or no more are left.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies elements, from the position tensorIndex on, until the span is full or no more are left.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var count = (int)Math.Min(target.Length, Count - tensorIndex);
        if (_contiguous)
        {
            new ReadOnlySpan<T>(_data + tensorIndex, count).CopyTo(target);
            return;
        }
        for (var i = 0; i < count; i++)
            target[i] = _data[OffsetOf(tensorIndex + i)];
    }

    /// <summary>Sets elements, from the position tensorIndex on, until the array is used up or no more are left.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom(new ReadOnlySpan<T>(array), arrayIndex, tensorIndex);

    /// <summary>Sets elements, from the position tensorIndex on, until the span is used up or no more are left.</summary>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var count = (int)Math.Min(source.Length, Count - tensorIndex);
        for (var i = 0; i < count; i++)
            _data[OffsetOf(tensorIndex + i)] = source[i];
    }

    /// <summary>All elements in row-major order.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
            yield return ElementAt(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether the other is an accessor over the same tensor.</summary>
    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;

    /// <summary>The tensor's.</summary>
    public override int GetHashCode() => _tensor.GetHashCode();

    /// <summary>Does nothing: the tensor belongs to whoever made it.</summary>
    public void Dispose()
    {
    }

    private T ElementAt(long position) => _data[OffsetOf(position)];

    private long OffsetOf(long[] indices) => indices.Length == 1 ? OffsetOf(indices[0]) : OffsetOfAxes(indices);

    private long OffsetOf(long position)
    {
        if (position < 0 || position >= Count)
            throw new IndexOutOfRangeException($"{position} is not a position in a tensor of {Count} elements.");
        if (_contiguous)
            return position;
        var offset = 0L;
        for (var axis = _shape.Length - 1; axis >= 0; axis--)
        {
            (position, var index) = Math.DivRem(position, _shape[axis]);
            offset += index * _strides[axis];
        }
        return offset;
    }

    private long OffsetOfAxes(long[] indices)
    {
        var offset = 0L;
        for (var axis = 0; axis < _shape.Length; axis++)
        {
            if (indices[axis] < 0 || indices[axis] >= _shape[axis])
                throw new IndexOutOfRangeException($"{indices[axis]} >= {_shape[axis]} in dimension {axis}.");
            offset += indices[axis] * _strides[axis];
        }
        return offset;
    }
}
