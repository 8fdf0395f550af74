using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>The weights of a checkpoint, converted to the dtype and moved to the device of a model.</summary>
public sealed class CheckpointWeights : IWeightSource, IDisposable
{
    private const long LargeBytes = 1L << 29;

    private readonly Dictionary<string, Tensor> _weights = new(StringComparer.Ordinal);

    /// <summary>Reads all weights.</summary>
    /// <param name="checkpoint">Stays the caller's.</param>
    /// <param name="device">Where they go.</param>
    /// <param name="dtype">What they become; default: <see cref="DtypeFor"/>.</param>
    /// <exception cref="CheckpointException">A tensor is missing, misshapen, or of a dtype that the engine cannot compute with.</exception>
    public CheckpointWeights(Checkpoint checkpoint, Device device, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        foreach (var (name, stored) in WeightMap.Load(checkpoint.Weights, checkpoint.Config))
        {
            dtype ??= DtypeFor(device, stored.dtype, checkpoint.Weights);
            using (stored) _weights[name] = stored.to(dtype.Value, device).DetachFromDisposeScope();
        }
    }

    /// <summary>The dtype to compute in: as stored on a GPU; on a CPU float32, except that a large bfloat16 model stays as it is
    /// where the CPU multiplies well in it, since reading its weights is what decoding costs. (CPUs
    /// have no float16 matrix product.)</summary>
    /// <param name="device">Where the model computes.</param>
    /// <param name="stored">Dtype of the checkpoint.</param>
    /// <param name="weights">All of the checkpoint's tensors.</param>
    internal static ScalarType DtypeFor(Device device, ScalarType stored, SafetensorsIndex weights)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(weights);
        if (device.type != DeviceType.CPU) return stored;
        var large = weights.Bytes > LargeBytes;
        return stored == ScalarType.BFloat16 && large ? ProductDtype.Of(device) : ScalarType.Float32;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The weight is not there, was taken before, or has another shape.</exception>
    public Tensor Get(string name, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!_weights.Remove(name, out var weight)) throw new InvalidOperationException($"The checkpoint's map names no weight '{name}'.");
        if (!weight.shape.SequenceEqual(shape))
        {
            throw new InvalidOperationException(
                $"Weight '{name}' is [{string.Join(", ", weight.shape)}]; the decoder needs [{string.Join(", ", shape)}].");
        }
        return weight;
    }

    /// <summary>Frees the weights that were not taken.</summary>
    public void Dispose()
    {
        foreach (var weight in _weights.Values) weight.Dispose();
        _weights.Clear();
    }
}
