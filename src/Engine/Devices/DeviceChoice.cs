namespace LlmRabbitHoles.Devices;

/// <summary>Chooses the device once, and never falls back silently from a GPU that was asked for.</summary>
public static class DeviceChoice
{
    /// <summary>The device of that name.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda</c> or <c>auto</c> (CUDA where there is one); <see langword="null"/>:
    /// <c>RABBIT_DEVICE</c>, else <c>auto</c>.</param>
    /// <exception cref="DeviceException">The name is unknown, or CUDA is asked for and not there.</exception>
    public static Device Parse(string? name = null)
    {
        name ??= Environment.GetEnvironmentVariable("RABBIT_DEVICE") is { Length: > 0 } variable ? variable : "auto";
        return name switch
        {
            "cpu" => CPU,
            "auto" => cuda.is_available() ? CUDA : CPU,
            "cuda" => cuda.is_available() ? CUDA : throw new DeviceException(
                "CUDA was asked for, but libtorch sees no CUDA device. Check the driver with nvidia-smi, " +
                "build for CUDA (RABBIT_TORCH=cuda ./rabbit build), or ask for --device cpu."),
            _ => throw new DeviceException($"The device '{name}' is unknown. Use cpu, cuda or auto."),
        };
    }

    /// <summary>The proved device of the model that was loaded last; null before the first.</summary>
    public static Device? Proved { get; private set; }

    /// <summary>Asserts that every weight is where it should be.</summary>
    /// <exception cref="DeviceException">A weight is elsewhere.</exception>
    public static void Prove(nn.Module module, Device device)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(device);
        foreach (var (name, weight) in module.named_parameters())
        {
            if (weight.device_type != device.type)
                throw new DeviceException($"Weight '{name}' is on {weight.device_type}, and {device.type} was asked for. " +
                    "This is a fault of the loader: please report it.");
        }
        Proved = device;
    }
}

/// <summary>Thrown when the device asked for is unknown, not there, or not where the weights are.</summary>
public sealed class DeviceException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
