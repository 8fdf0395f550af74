using System.Diagnostics;

namespace LlmRabbitHoles.Devices;

/// <summary>The best that a device can do through libtorch; every speed of the engine is shown beside it.</summary>
/// <param name="MultiplyFlops">Floating-point operations per second in a large matrix product (a multiply and an add are two).</param>
/// <param name="CopyBytes">Bytes read and written per second while copying a tensor far larger than the caches.</param>
/// <remarks>The two ceilings of the roofline model: Williams, Waterman and Patterson 2009, doi:10.1145/1498765.1498785.</remarks>
public sealed record MachineLimits(double MultiplyFlops, double CopyBytes)
{
    private const int Repetitions = 5;

    /// <summary>Measures both, in about a second.</summary>
    /// <param name="device">Where.</param>
    /// <param name="dtype">Dtype of the matrices; default float32.</param>
    public static MachineLimits Measure(Device device, ScalarType dtype = ScalarType.Float32) =>
        new(MeasureMultiply(device, dtype), MeasureCopy(device));

    /// <summary>Floating-point operations a second of a square matrix product, the best of five.</summary>
    /// <param name="device">Where.</param>
    /// <param name="dtype">Dtype of the matrices; default float32.</param>
    /// <param name="size">Rows and columns; default 1,024 on a CPU and 8,192 on a GPU.</param>
    public static double MeasureMultiply(Device device, ScalarType dtype = ScalarType.Float32, long? size = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        var n = size ?? (device.type == DeviceType.CUDA ? 8192 : 1024);
        using var scope = NewDisposeScope();
        var (a, b) = (ones(n, n, dtype: dtype, device: device), ones(n, n, dtype: dtype, device: device));
        return 2.0 * n * n * n / Best(device, () => a.mm(b).Dispose());
    }

    /// <summary>Bytes a second of a copy within the device's memory, read and written ones together, the best of five.</summary>
    /// <param name="device">Where.</param>
    /// <param name="bytes">Size of the tensor; default 256 MiB.</param>
    public static double MeasureCopy(Device device, long bytes = 256L << 20)
    {
        ArgumentNullException.ThrowIfNull(device);
        using var scope = NewDisposeScope();
        var (from, to) = (ones(bytes / sizeof(float), device: device), zeros(bytes / sizeof(float), device: device));
        return 2.0 * bytes / Best(device, () => to.copy_(from));
    }

    /// <summary>Seconds of the fastest run; a limit is what the machine can do, so its best counts. One run warms up.</summary>
    private static double Best(Device device, Action work)
    {
        using var noGradients = no_grad();
        var best = double.MaxValue;
        for (var i = 0; i <= Repetitions; i++)
        {
            Wait(device);
            var watch = Stopwatch.StartNew();
            work();
            Wait(device);
            if (i > 0) best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }
        return best;
    }

    // A GPU works on after a call has returned.
    private static void Wait(Device device)
    {
        if (device.type == DeviceType.CUDA) cuda.synchronize(device);
    }
}
