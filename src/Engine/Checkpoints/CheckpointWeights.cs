using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>The weights of a checkpoint, each read when a decoder asks for it, in the dtype and on the device of a model.</summary>
public sealed class CheckpointWeights : IWeightSource
{
    private const long LargeBytes = 1L << 29;

    private readonly IStoredWeights _stored;
    private readonly Device _device;
    private readonly ScalarType _dtype;

    /// <summary>Reads nothing yet.</summary>
    /// <param name="checkpoint">Stays the caller's; open until the decoder is made.</param>
    /// <param name="device">Where weights go.</param>
    /// <param name="dtype">What they become; default: <see cref="DtypeFor"/>. A quantized matrix stays as it is.</param>
    public CheckpointWeights(Checkpoint checkpoint, Device device, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        (_stored, _device) = (checkpoint.Weights, device);
        _dtype = dtype ?? DtypeFor(device, _stored.Dtype, _stored.Bytes);
    }

    /// <summary>The dtype to compute in: as stored on a GPU; on a CPU float32, except that a large bfloat16 model stays as it is
    /// where the CPU multiplies well in it, since reading its weights is what decoding costs. (CPUs
    /// have no float16 matrix product.)</summary>
    /// <param name="device">Where the model computes.</param>
    /// <param name="stored">Dtype of the checkpoint.</param>
    /// <param name="bytes">Of all its weights.</param>
    internal static ScalarType DtypeFor(Device device, ScalarType stored, long bytes)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.type != DeviceType.CPU) return stored;
        return stored == ScalarType.BFloat16 && bytes > LargeBytes ? ProductDtype.Of(device) : ScalarType.Float32;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The weight has another shape.</exception>
    public Tensor Get(string name, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        using var stored = _stored.Read(name);
        if (!stored.shape.SequenceEqual(shape)) throw Misshapen(name, stored.shape, shape);
        return stored.to(_dtype, _device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The weight has another shape.</exception>
    public QuantizedMatrix? GetQuantized(string name, long rows, long columns)
    {
        var matrix = _stored.ReadQuantized(name);
        if (matrix is null) return null;
        if (matrix.Rows != rows || matrix.Columns != columns) throw Misshapen(name, [matrix.Rows, matrix.Columns], [rows, columns]);
        if (_device.type == DeviceType.CPU) return matrix;
        using (matrix) return matrix.MovedTo(_device);
    }

    private static InvalidOperationException Misshapen(string name, long[] found, long[] needed) => new(
        $"Weight '{name}' is [{string.Join(", ", found)}]; the decoder needs [{string.Join(", ", needed)}].");
}
