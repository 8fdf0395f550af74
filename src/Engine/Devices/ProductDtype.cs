using System.Runtime.Intrinsics.X86;

namespace LlmRabbitHoles.Devices;

/// <summary>The dtype in which a device multiplies matrices best: bfloat16 where it has instructions for it, else float32.</summary>
/// <remarks>A CPU without instructions for bfloat16 is some 50 times slower in it, one with them three times faster. What the processor
/// says decides, and not a stopwatch, so that a training that is resumed computes as it did before.</remarks>
public static class ProductDtype
{
    private static readonly Lazy<bool> CpuHasBfloat16 = new(
        () => HasBfloat16(leaf => X86Base.IsSupported ? X86Base.CpuId(leaf, 1) : default));

    /// <summary>Float32 or bfloat16.</summary>
    /// <param name="device">Where a model computes.</param>
    public static ScalarType Of(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type != DeviceType.CPU || CpuHasBfloat16.Value ? ScalarType.BFloat16 : ScalarType.Float32;
    }

    /// <summary>Whether a processor has AMX or AVX-512 instructions for products of bfloat16.</summary>
    /// <param name="cpuId">The registers of CPUID's subleaf 1 for a leaf.</param>
    /// <remarks>Intel's Software Developer's Manual, volume 2A, CPUID: leaf 7, subleaf 1, EAX bit 5 is AVX512_BF16. AMX-BF16 (subleaf 0,
    /// EDX bit 22) came with it.</remarks>
    internal static bool HasBfloat16(Func<int, (int Eax, int Ebx, int Ecx, int Edx)> cpuId) => (cpuId(7).Eax & (1 << 5)) != 0;
}
