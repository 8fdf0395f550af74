using TorchSharp;

namespace LlmRabbitHoles.CommandLine.Output;

/// <summary>Names of devices as the command line takes them.</summary>
internal static class Devices
{
    public static string NameOf(torch.Device device) => device.type == DeviceType.CUDA ? "cuda" : "cpu";
}
