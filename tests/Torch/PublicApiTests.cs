namespace TorchSharp.Tests;

/// <summary>What compiles with this binding compiles with TorchSharp: it has no member that TorchSharp 0.107 lacks.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void EveryPublicMemberIsOneOfTorchSharps()
    {
        var assembly = typeof(torch).Assembly;
        Assert.SkipWhen(assembly.GetType("TorchSharp.Interop.NativeMethods") is null, "This is TorchSharp itself.");
        // For a type new to this binding, add its lines: PublicApi.Describe of TorchSharp's own assembly gives them.
        var theirs = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "torchsharp-0.107-api.txt")).ToHashSet();
        Assert.DoesNotContain(PublicApi.Describe(assembly), member => !theirs.Contains(member));
    }
}
