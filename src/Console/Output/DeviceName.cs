using TorchSharp;

namespace LlmRabbitHoles.CommandLine;

/// <summary>A device's name as the command line takes it.</summary>
internal static class DeviceName
{
    public static string Of(torch.Device device) => device.type == DeviceType.CUDA ? "cuda" : "cpu";
}
