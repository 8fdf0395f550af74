using LlmRabbitHoles.Devices;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class ProductDtypeTests
{
    [Fact]
    public void AGpuMultipliesInBfloat16() => Assert.Equal(ScalarType.BFloat16, ProductDtype.Of(new Device("cuda")));

    [Theory]
    [InlineData(1 << 5, true)]       // AVX512_BF16
    [InlineData(1 << 4, false)]      // AVX-VNNI only
    public void AProcessorSaysWhetherItHasBfloat16(int eax, bool expected) =>
        Assert.Equal(expected, ProductDtype.HasBfloat16(leaf => leaf == 7 ? (eax, 0, 0, 0) : default));

    [Fact]
    public void TheKernelOfLinuxSaysTheSame()
    {
        Assert.SkipUnless(File.Exists("/proc/cpuinfo"), "There is no /proc/cpuinfo.");
        var flags = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal), "").Split(' ');
        Assert.Equal(flags.Contains("avx512_bf16") ? ScalarType.BFloat16 : ScalarType.Float32, ProductDtype.Of(CPU));
    }
}
