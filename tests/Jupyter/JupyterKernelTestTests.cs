using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Jupyter.Tests;

/// <summary>The kernel as Jupyter's own client and Jupyter's own test of kernels see it.</summary>
public sealed class JupyterKernelTestTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    [Fact]
    public void JupyterKernelTestFindsNoErrorAndNoFailure()
    {
        using var jupyter = new InstalledJupyter();
        var script = Path.Combine(Repository.Root, "tests", "Jupyter", "kernel_test.py");
        var outcome = Outcome.Of(Patience, jupyter.Folder.Path, jupyter.Environment, "/usr/bin/python3", script, "-v");
        Assert.True(outcome.ExitCode == 0, outcome.Story);
        Assert.DoesNotContain("Traceback", outcome.Error, StringComparison.Ordinal);
    }
}
