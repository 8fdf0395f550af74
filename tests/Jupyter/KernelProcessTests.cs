using System.Net;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Jupyter.Tests;

/// <summary>The real process, started by hand.</summary>
public sealed class KernelProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Dictionary<string, string> Nothing = [];

    private static Outcome Kernel(params string[] arguments) =>
        Outcome.Of(Patience, "/", Nothing, "dotnet", [Path.Combine(Repository.Root, "bin", "rabbit.dll"), "kernel", .. arguments]);

    [Fact]
    public void APortInUseEndsInASentenceAndAnExitCode()
    {
        using var folder = new ScratchFolder();
        using var taken = ZmtpPeer.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        var file = folder.Write("kernel.json", $$"""
            {"shell_port": {{port}}, "iopub_port": {{port}}, "stdin_port": {{port}},
             "control_port": {{port}}, "hb_port": {{port}}, "key": "k"}
            """);
        var outcome = Kernel("--connection-file", file);
        Assert.Equal(
            (1, "", $"rabbit: The kernel can't listen on 127.0.0.1:{port}, the shell_port of '{file}': another program uses that port. "
                + "Start the kernel again, so that Jupyter writes a connection file with other ports.\n"),
            (outcome.ExitCode, outcome.Output, outcome.Error));
    }

    [Fact]
    public void AMissingConnectionFileEndsInASentenceAndAnExitCode()
    {
        var outcome = Kernel("--connection-file", "/no-such-file.json");
        Assert.Equal(
            (1, "rabbit: The connection file can't be read: Could not find file '/no-such-file.json'. " +
                "Jupyter writes it and starts the kernel.\n"),
            (outcome.ExitCode, outcome.Error));
    }

    [Fact]
    public void AKernelWithoutAProtocolIsRefused()
    {
        const string message = "rabbit: Say how the kernel is spoken to: --stdio or --connection-file FILE. See ./rabbit kernel --help.\n";
        var outcome = Kernel();
        Assert.Equal((2, message), (outcome.ExitCode, outcome.Error));
    }
}
