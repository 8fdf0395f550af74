using System.Runtime.InteropServices;
using LlmRabbitHoles.Notebooks.Session;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Connection;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <summary>
/// The process side of <c>rabbit kernel --stdio</c>: .NET Interactive's commands come in on standard input, its events go out on standard
/// output, one JSON envelope a line.
/// </summary>
public static class StdioHost
{
    /// <summary>Serves until a Quit command, the end of the input or cancellation. Ctrl-C interrupts the running cell.</summary>
    /// <remarks>Cells may leave threads behind, so the program should exit rather than return from Main after this.</remarks>
    /// <param name="asks">
    /// Whether a cell that reads input sends a RequestInput command, which the program on the other side must answer with an InputProduced
    /// event. Without, the input is at its end.
    /// </param>
    /// <param name="cancellationToken">Ends the serving.</param>
    public static async Task RunAsync(bool asks = false, CancellationToken cancellationToken = default)
    {
        using var streams = new ProtocolStreams();
        Console.SetIn(TextReader.Null);
        var sender = new KernelCommandAndEventSender((line, _) => Send(streams, line), KernelHost.CreateHostUri("stdio"));
        var questions = new InputQuestions(question => sender.SendAsync(question, CancellationToken.None));
        using var kernels = new RabbitKernels(new SessionOptions { ReadInput = asks ? questions.AskAsync : null });
        streams.Listen(static text => CellSink.Current?.Write("stdout", text));
        ConsoleCapture.TakeNative = streams.Take;
        var reader = new CommandReader(streams.Input, kernels.CSharp, questions, one => _ = sender.SendAsync(one, CancellationToken.None));
        using var receiver = new KernelCommandAndEventReceiver(reader.ReadAsync);
        var quit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        kernels.All.UseQuitCommand(() => Task.FromResult(quit.TrySetResult()));
        using var host = kernels.All.UseHost(sender, receiver, KernelHost.CreateHostUriForCurrentProcessId());
        using var interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            _ = kernels.All.SendAsync(new Cancel());
        });
        await host.ConnectAsync();
        await Task.WhenAny(quit.Task, reader.Ended, Task.Delay(Timeout.Infinite, cancellationToken));
        if (kernels.CSharp.IsRunning)
            _ = kernels.All.SendAsync(new Cancel(), CancellationToken.None);
    }

    private static Task Send(ProtocolStreams streams, string line)
    {
        streams.WriteLine(line);
        return Task.CompletedTask;
    }
}
