using System.Diagnostics;
using System.Reflection;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>TorchSharp's wrappers keep their arguments alive while native code reads them: see src/Engine/Devices/Native.targets.</summary>
public sealed class ArgumentLifetimeTests
{
    [Fact]
    public void TorchSharpIsCompiledWithoutOptimizations() =>
        Assert.True(typeof(TorchSharp.torch).Assembly.GetCustomAttribute<DebuggableAttribute>()!.IsJITOptimizerDisabled);

    [Fact]
    public async Task ScalarsOutliveTheCallsThatReadThem()
    {
        using var x = zeros(4);
        using var done = new CancellationTokenSource();
        var collector = Task.Run(() =>
        {
#pragma warning disable RS0030 // A collection at the wrong moment is what is tested.
            while (!done.IsCancellationRequested) GC.Collect(0);
#pragma warning restore RS0030
        });
        for (var i = 0; i < 5_000; i++)
        {
            using var y = x + 1.5;
            using var z = y + y;
            Assert.Equal(3f, z[0].item<float>());
        }

        await done.CancelAsync();
        await collector;
    }
}
