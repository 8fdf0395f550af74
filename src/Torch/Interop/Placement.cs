using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>Where and how a new tensor is made, as native/border.h lays it out (16 bytes); -1 leaves the choice to libtorch.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Placement
{
    private readonly int _dtype;
    private readonly int _deviceType;
    private readonly int _deviceIndex;
    private readonly int _requiresGrad;

    private Placement(int dtype, DeviceType deviceType, int deviceIndex, bool requiresGrad)
    {
        _dtype = dtype;
        _deviceType = (int)deviceType;
        _deviceIndex = deviceIndex;
        _requiresGrad = requiresGrad ? 1 : 0;
    }

    /// <summary>For a new tensor: without a dtype the fallback holds, without a device the default device.</summary>
    internal static Placement Of(ScalarType? dtype, ScalarType fallback, Device? device, bool requires_grad)
    {
        device = InitializeDevice(device);
        return new Placement((int)(dtype ?? fallback), device.type, device.index, requires_grad);
    }

    /// <summary>For a tensor made after another: what is null stays as it is there.</summary>
    internal static Placement Like(ScalarType? dtype, Device? device, bool requires_grad)
    {
        if (device is null)
            return new Placement((int?)dtype ?? -1, (DeviceType)(-1), -1, requires_grad);
        InitializeDeviceType(device.type);
        return new Placement((int?)dtype ?? -1, device.type, device.index, requires_grad);
    }
}
