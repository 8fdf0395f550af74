using System.Diagnostics;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Kernel;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>The real process, started as the runner and the editors start it.</summary>
public sealed class KernelProcessFacts
{
    private static KernelClient Start() => KernelClient.Start(KernelCommand.Default, Path.GetTempPath());

    private static async Task<string> CrashOf(string code)
    {
        await using var kernel = Start();
        return (await Assert.ThrowsAsync<KernelCrashedException>(() => kernel.ExecuteAsync("a", code, _ => { }, TestContext.Current.CancellationToken))).Message;
    }

    [Fact]
    public async Task ACellRunsInTheWorkingDirectory()
    {
        await using var kernel = Start();
        var outputs = new List<CellOutput>();
        var finished = await kernel.ExecuteAsync("a", "Environment.CurrentDirectory", outputs.Add, TestContext.Current.CancellationToken);
        Assert.Equal((true, 1), (finished.Succeeded, finished.ExecutionCount));
        var result = Assert.IsType<ResultOutput>(Assert.Single(outputs));
        Assert.Equal(Path.GetTempPath().TrimEnd('/'), result.Data[MimeBundle.PlainText]);
    }

    [Fact]
    public async Task ACrashIsReportedWithItsCause()
    {
        Assert.Equal("The kernel process ended with exit code 3.", await CrashOf("Environment.Exit(3);"));
        Assert.Equal(
            "The kernel process ended by signal SIGABRT (the program aborted itself). It said: Stack overflow.",
            await CrashOf("int F(int x) => F(x + 1) + 1; F(0)"));
    }

    [Fact]
    public async Task AThreadsUnhandledExceptionIsReportedAsTheCrashItIs()
    {
        var message = await CrashOf("var t = new System.Threading.Thread(() => throw new Exception(\"from a thread\")); t.Start(); t.Join(); await Task.Delay(5000);");
        Assert.Contains("Unhandled exception. System.Exception: from a thread", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NativeWritesToStdoutBecomeOutputOfTheCell()
    {
        await using var kernel = Start();
        var outputs = new List<CellOutput>();
        const string native = "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern nint write(int fd, byte[] text, nint length);";
        await kernel.ExecuteAsync("a", native, outputs.Add, TestContext.Current.CancellationToken);
        await kernel.ExecuteAsync("b", "write(1, Encoding.UTF8.GetBytes(\"from C\"), 6);", outputs.Add, TestContext.Current.CancellationToken);
        Assert.Equal([new StreamOutput("stdout", "from C")], outputs);
    }

    [Fact]
    public async Task AnInterruptStopsTheCellAndKeepsTheState()
    {
        await using var kernel = Start();
        await kernel.ExecuteAsync("a", "var x = 41;", _ => { }, TestContext.Current.CancellationToken);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = kernel.ExecuteAsync("b", "Console.Write(1); while (true) x = 42;", _ => started.TrySetResult(), TestContext.Current.CancellationToken);
        await started.Task;
        var clock = Stopwatch.StartNew();
        await kernel.InterruptAsync();
        Assert.False((await running).Succeeded);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5); // a few milliseconds, unless the machine is busy
        var outputs = new List<CellOutput>();
        await kernel.ExecuteAsync("c", "x", outputs.Add, TestContext.Current.CancellationToken);
        Assert.Equal("42", Assert.IsType<ResultOutput>(Assert.Single(outputs)).Data[MimeBundle.PlainText]);
    }

    [Fact]
    public async Task AMissingProgramIsNamed()
    {
        var thrown = Assert.Throws<KernelCrashedException>(() => KernelClient.Start(new KernelCommand("no-such-program", []), Path.GetTempPath()));
        Assert.StartsWith("The kernel 'no-such-program' can't be started", thrown.Message, StringComparison.Ordinal);
        await Task.CompletedTask;
    }
}
