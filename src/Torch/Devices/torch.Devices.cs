namespace TorchSharp;

public static partial class torch
{
    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>No memory at all: only shapes and dtypes.</summary>
    public static readonly Device META = new(DeviceType.META);

    private static readonly Device Cuda = new(DeviceType.CUDA);
    private static Device _defaultDevice = CPU;

    /// <summary>The current CUDA device.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Device CUDA => InitializeDevice(Cuda);

    /// <summary>From "cpu", "cuda" or "cuda:1".</summary>
    public static Device device(string description) => InitializeDevice(new Device(description));

    /// <summary>From a kind such as "cuda"; index -1 is the current one.</summary>
    public static Device device(string deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    /// <summary>From a kind; index -1 is the current one.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    /// <summary>The CUDA device with this index.</summary>
    public static Device device(int index) => new(DeviceType.CUDA, index);

    /// <summary>Where tensors are made that are given no device.</summary>
    public static Device get_default_device() => _defaultDevice;

    /// <summary>Sets where tensors are made that are given no device.</summary>
    public static void set_default_device(Device device) => _defaultDevice = InitializeDevice(device);

    /// <summary>Sets where tensors are made that are given no device.</summary>
    public static void set_default_device(string device) => set_default_device(new Device(device));

    /// <summary>The device itself, or the default one for null, once it is sure that this machine has it.</summary>
    /// <exception cref="InvalidOperationException">This machine does not have it.</exception>
    public static Device InitializeDevice(Device? device)
    {
        device ??= _defaultDevice;
        InitializeDeviceType(device.type);
        return device;
    }

    /// <summary>Makes sure that this machine has a device of the kind.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException(
                $"Torch device type {deviceType} did not initialise on the current machine: " +
                (deviceType == DeviceType.CUDA
                    ? "this libtorch finds no CUDA device. Use the CPU, or point RABBIT_LIBTORCH at a CUDA build of libtorch and build again."
                    : "this binding knows CPU, CUDA and META."));
    }

    /// <summary>Whether this machine has a device of the kind.</summary>
    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType switch
    {
        DeviceType.CPU or DeviceType.META => true,
        DeviceType.CUDA => cuda.is_available(),
        _ => false,
    };
}
