using LlmRabbitHoles.Devices;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class ProductFormatTests
{
    [Fact]
    public void AGpuMultipliesInBfloat16() => Assert.Equal(ScalarType.BFloat16, ProductFormat.Of(new Device("cuda")));

    [Fact]
    public void ACpuIsTriedOnceAndKeepsItsFormat()
    {
        var format = ProductFormat.Of(CPU);

        Assert.Contains(format, (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16]);
        Assert.Equal(format, ProductFormat.Of(CPU));
    }
}
