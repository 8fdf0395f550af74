namespace TorchSharp;

/// <summary>Moving and converting a module; each method answers the module itself, with its own type.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Converts the parameters and buffers.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="type">The floating point or complex type to convert to.</param>
    /// <param name="non_blocking">Lets copies from pinned memory run beside the host.</param>
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module => (T)module._to(null, type, non_blocking);

    /// <summary>Moves and converts the parameters and buffers.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="device">Where to move it.</param>
    /// <param name="type">The floating point or complex type to convert to.</param>
    /// <param name="non_blocking">Lets copies from pinned memory run beside the host.</param>
    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module => (T)module._to(device, type, non_blocking);

    /// <summary>Moves the parameters and buffers.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="deviceType">The kind of device.</param>
    /// <param name="deviceIndex">Which of them; -1 for the current one.</param>
    /// <param name="non_blocking">Lets copies from pinned memory run beside the host.</param>
    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module => (T)module._to(new torch.Device(deviceType, deviceIndex), null, non_blocking);

    /// <summary>Moves the parameters and buffers.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="device">Where to move it.</param>
    /// <param name="non_blocking">Lets copies from pinned memory run beside the host.</param>
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module => (T)module._to(device, null, non_blocking);

    /// <summary>Moves the parameters and buffers.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="device">Where to move it, as in <c>cuda:0</c>.</param>
    /// <param name="non_blocking">Lets copies from pinned memory run beside the host.</param>
    public static T to<T>(this T module, string device, bool non_blocking = false) where T : torch.nn.Module => (T)module._to(new torch.Device(device), null, non_blocking);

    /// <summary>Moves and converts the parameters and buffers to where and what a tensor is.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="other">The tensor to follow.</param>
    /// <param name="non_blocking">Lets copies from pinned memory run beside the host.</param>
    public static T to<T>(this T module, torch.Tensor other, bool non_blocking = false) where T : torch.nn.Module => (T)module._to(other.device, other.dtype, non_blocking);

    /// <summary>Moves the parameters and buffers to the CPU.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="non_blocking">Lets copies from pinned memory run beside the host.</param>
    public static T cpu<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(DeviceType.CPU, -1, non_blocking);

    /// <summary>Moves the parameters and buffers to a GPU.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="deviceIndex">Which GPU; -1 for the current one.</param>
    /// <param name="non_blocking">Lets copies from pinned memory run beside the host.</param>
    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module => module.to(DeviceType.CUDA, deviceIndex, non_blocking);

    /// <summary>Converts the parameters and buffers to Float16.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="non_blocking">Lets copies from pinned memory run beside the host.</param>
    public static T half<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(torch.ScalarType.Float16, non_blocking);

    /// <summary>Converts the parameters and buffers to BFloat16.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="non_blocking">Lets copies from pinned memory run beside the host.</param>
    public static T bfloat16<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(torch.ScalarType.BFloat16, non_blocking);

    /// <summary>Converts the parameters and buffers to Float32.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="non_blocking">Lets copies from pinned memory run beside the host.</param>
    public static T @float<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(torch.ScalarType.Float32, non_blocking);

    /// <summary>Converts the parameters and buffers to Float64.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="non_blocking">Lets copies from pinned memory run beside the host.</param>
    public static T @double<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(torch.ScalarType.Float64, non_blocking);
}
