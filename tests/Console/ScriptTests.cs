namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>What ./rabbit does before and instead of the console: set up, build what changed, test.</summary>
public sealed class ScriptTests : IDisposable
{
    private readonly ScriptedRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void TheFirstRunBuildsAndTheSecondOnlyRuns()
    {
        var first = _repository.Run("generate", "--prompt", "two words");
        Assert.Equal("ran: generate --prompt two words\n", first.Output);
        Assert.Contains("[3/3] build", first.Error);
        var second = _repository.Run("generate");
        Assert.Equal("ran: generate\n", second.Output);
        Assert.Empty(second.Error);
        Assert.Equal(1, _repository.Builds);
    }

    [Theory]
    [InlineData("src/Engine/New.cs")]
    [InlineData("data/corpus/wordings/new.txt")]
    [InlineData("data/exam/new.txt")]
    public void AChangedOrDeletedSourceIsBuilt(string source)
    {
        _repository.Run();
        _repository.Touch(source);
        Assert.Contains("building what changed", _repository.Run().Error);
        File.Delete(Path.Combine(_repository.Folder, source));
        Assert.Contains("building what changed", _repository.Run().Error);
        Assert.Empty(_repository.Run().Error);
        Assert.Equal(3, _repository.Builds);
    }

    [Fact]
    public void TheCompilerIsCompiledAheadForKernelsAndNotForAFirstAnswer()
    {
        _repository.Run("generate");
        Assert.Contains("-p:CompileAhead=false -p:RunAnalyzers=false", _repository.Calls[^2], StringComparison.Ordinal);
        Assert.Contains("the C# compiler compiled ahead for kernels", _repository.Run("run").Error);
        Assert.Contains("-p:CompileAhead=true -p:RunAnalyzers=true", _repository.Calls[^2], StringComparison.Ordinal);
        Assert.Empty(_repository.Run("build").Error);
        Assert.Empty(_repository.Run("generate").Error);
        Assert.Equal(2, _repository.Builds);
    }

    [Fact]
    public void TheProviderIsRememberedWithItsReasonAndHandedToTheBuild()
    {
        _repository.Run();
        Assert.Contains(_repository.Calls, call => call.Contains("-p:Torch=cpu", StringComparison.Ordinal));
        Assert.Contains("why=RABBIT_TORCH says so", File.ReadAllText(Path.Combine(_repository.Folder, ".rabbit/provider")));
    }

    [Fact]
    public void AnotherProviderIsBuiltAfresh()
    {
        _repository.Run();
        _repository.Touch("bin/left-over.so");
        _repository.Torch = "cuda";
        Assert.Contains("tensors: cuda", _repository.Run().Error);
        Assert.False(File.Exists(Path.Combine(_repository.Folder, "bin/left-over.so")));
        Assert.Contains(_repository.Calls, call => call.Contains("-p:Torch=cuda", StringComparison.Ordinal));
    }

    [Fact]
    public void AnUnknownProviderIsRefused()
    {
        _repository.Torch = "tpu";
        var refused = _repository.Run();
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("RABBIT_TORCH is 'tpu'; it must be cpu or cuda.", refused.Error);
    }

    [Fact]
    public void TheProcessorComputesWithoutAGpu()
    {
        _repository.Torch = null;
        Assert.Contains("tensors: cpu: there is no NVIDIA GPU", _repository.Run().Error);
        Assert.DoesNotContain(_repository.Calls, call => call.StartsWith("restore", StringComparison.Ordinal));
    }

    [Fact]
    public void AGpuIsUsedWhenItsPackagesRestore()
    {
        _repository.Torch = null;
        _repository.AddGpu(packagesRestore: true);
        Assert.Contains("tensors: cuda: there is an NVIDIA GPU, and TorchSharp's CUDA packages can be restored", _repository.Run().Error);
        Assert.Contains(_repository.Calls, call => call.Contains("-p:Torch=cuda", StringComparison.Ordinal));
    }

    [Fact]
    public void AGpuWithoutItsPackagesStaysUnusedAndTheReasonIsSaid()
    {
        _repository.Torch = null;
        _repository.AddGpu(packagesRestore: false);
        Assert.Contains("tensors: cpu: there is an NVIDIA GPU, but TorchSharp-cuda-linux 0.107.0 could not be restored (NU1101); " +
            "the GPU stays unused", _repository.Run().Error);
        Assert.Contains(_repository.Calls, call => call.Contains("-p:Torch=cpu", StringComparison.Ordinal));
    }

    [Fact]
    public void ABrokenBuildShowsItsErrorsAndRunsNothing()
    {
        _repository.Touch("src/broken");
        var broken = _repository.Run();
        Assert.Equal(1, broken.ExitCode);
        Assert.Empty(broken.Output);
        Assert.Contains("error CS0000", broken.Error);
        File.Delete(Path.Combine(_repository.Folder, "src/broken"));
        Assert.Equal(0, _repository.Run().ExitCode);
    }

    [Fact]
    public void TheScriptWorksThroughASymbolicLinkFromAnywhere()
    {
        var link = Path.Combine(_repository.Folder, "tools/link");
        File.CreateSymbolicLink(link, "../rabbit");
        using var process = _repository.Start(link, "doctor");
        Assert.Equal("ran: doctor\n", process.StandardOutput.ReadToEnd());
    }

    [Fact]
    public void TwoScriptsAtOnceBuildOnce()
    {
        using var one = _repository.Start(Path.Combine(_repository.Folder, "rabbit"), "a");
        using var two = _repository.Start(Path.Combine(_repository.Folder, "rabbit"), "b");
        Assert.Equal("ran: a\n", one.StandardOutput.ReadToEnd());
        Assert.Equal("ran: b\n", two.StandardOutput.ReadToEnd());
        Assert.Equal(1, _repository.Builds);
    }

    [Theory]
    [InlineData("2 passed, 0 failed", 0, "passed=\"2\" failed=\"0\" skipped=\"0\" errors=\"0\"", 0)]
    [InlineData("1 passed, 1 failed, 3 skipped", 1, "passed=\"1\" failed=\"1\" skipped=\"3\" errors=\"0\"", 1)]
    [InlineData("2 passed, 1 failed", 1, "passed=\"2\" failed=\"0\" skipped=\"0\" errors=\"1\"", 1)]
    [InlineData("2 passed, 1 failed", 1, "passed=\"2\" failed=\"0\" skipped=\"0\" errors=\"0\"", 139)]
    [InlineData("0 passed, 1 failed", 1, "passed=\"0\" failed=\"0\" skipped=\"0\" errors=\"0\"", 0)]
    [InlineData("0 passed, 1 failed", 1, null, 134)]
    public void TestsEndWithTheirTotals(string lastLine, int exitCode, string? counts, int assemblyExitCode)
    {
        _repository.Run("build");
        _repository.AddTests("One", counts, assemblyExitCode);
        var outcome = _repository.Run("test");
        Assert.Equal(lastLine, outcome.Output.TrimEnd('\n').Split('\n')[^1]);
        Assert.Equal(exitCode, outcome.ExitCode);
    }

    [Fact]
    public void TestsOfOneFolderCanBeRunAlone()
    {
        _repository.Run("build");
        _repository.AddTests("One", "passed=\"1\" failed=\"0\" skipped=\"0\" errors=\"0\"", 0);
        _repository.AddTests("Two", "passed=\"20\" failed=\"0\" skipped=\"0\" errors=\"0\"", 0);
        Assert.EndsWith("1 passed, 0 failed\n", _repository.Run("test", "One").Output);
        Assert.EndsWith("21 passed, 0 failed\n", _repository.Run("test").Output);
        Assert.Equal(1, _repository.Run("test", "Three").ExitCode);
    }

    [Theory]
    [InlineData("3 passed, 0 failed, 1 skipped", 0, "ok 1 - a # SKIP no editor\n# pass 2\n# fail 0\n# cancelled 0\n# skipped 1\n", 0)]
    [InlineData("2 passed, 2 failed", 1, "# pass 1\n# fail 1\n# cancelled 1\n# skipped 0\n", 1)]
    [InlineData("3 passed, 1 failed", 1, "# pass 2\n# fail 0\n", 1)]
    [InlineData("1 passed, 1 failed", 1, "# pass 0\n# fail 0\n", 0)]
    [InlineData("1 passed, 1 failed", 1, null, 0)]
    public void TestsOfNodeAreCountedToo(string lastLine, int exitCode, string? report, int nodeExitCode)
    {
        _repository.Run("build");
        _repository.AddTests("One", "passed=\"1\" failed=\"0\" skipped=\"0\" errors=\"0\"", 0);
        _repository.AddNodeTests("Two", report, nodeExitCode);
        var outcome = _repository.Run("test");
        Assert.Equal(lastLine, outcome.Output.TrimEnd('\n').Split('\n')[^1]);
        Assert.Equal(exitCode, outcome.ExitCode);
        if (report?.Contains("SKIP", StringComparison.Ordinal) == true) Assert.Contains("skipped: a: no editor", outcome.Output);
    }
}
