using System.Diagnostics;

namespace LlmRabbitHoles.Devices;

/// <summary>The format in which a device multiplies matrices best: bfloat16 where it is quicker with it, otherwise float32.</summary>
/// <remarks>A CPU without instructions for bfloat16 is some 50 times slower in it, one with them three times faster.</remarks>
public static class ProductFormat
{
    private const int Size = 256;
    private const int Tries = 3;
    private static readonly Lazy<ScalarType> _ofCpu = new(() => Time(ScalarType.BFloat16) < Time(ScalarType.Float32) ? ScalarType.BFloat16 : ScalarType.Float32);

    /// <summary>Float32 or bfloat16; a CPU is tried once, in a fraction of a second.</summary>
    /// <param name="device">Where a model computes.</param>
    public static ScalarType Of(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CPU ? _ofCpu.Value : ScalarType.BFloat16;
    }

    /// <summary>The fastest of a few products of square matrices, after one that warms up.</summary>
    private static TimeSpan Time(ScalarType format)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var matrix = ones(Size, Size, dtype: format);
        matrix.mm(matrix).Dispose();
        return Enumerable.Range(0, Tries).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            matrix.mm(matrix).Dispose();
            return watch.Elapsed;
        });
    }
}
