using System.Diagnostics;

namespace LlmRabbitHoles.CommandLine.Tests;

public sealed class InterruptTests
{
    [Fact]
    public void CtrlCEndsTheLineKeepsTheTextAndExits130()
    {
        using var model = new MadeModel(tokenizer: true, context: 100_000);
        using var process = Rabbit.Start("generate", "--model", model.Folder, "--prompt", "One", "--max-tokens", "90000");
        var first = process.StandardOutput.Read();
        Interrupt(process);
        var rest = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(10_000));
        Assert.Equal(130, process.ExitCode);
        Assert.NotEqual(-1, first);
        Assert.EndsWith("\n", rest);
        Assert.DoesNotContain("   at ", process.StandardError.ReadToEnd());
    }

    private static void Interrupt(Process process) => Process.Start("kill", ["-INT", $"{process.Id}"]).WaitForExit();
}
