using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Lessons;

/// <summary>The device that computed what a notebook shows, whatever was asked for elsewhere.</summary>
internal static class RunDevice
{
    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public static string Name => (DeviceChoice.Proved ?? DeviceChoice.Parse()).type == TorchSharp.DeviceType.CUDA ? "cuda" : "cpu";
}
