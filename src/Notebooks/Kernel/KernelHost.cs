using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;
using LlmRabbitHoles.Notebooks.Session;
using Microsoft.Win32.SafeHandles;

namespace LlmRabbitHoles.Notebooks.Kernel;

/// <summary>
/// The process side of <c>rabbit kernel --stdio</c>: requests in on one stream, events out on another, one session between.
/// </summary>
public sealed class KernelHost : IDisposable
{
    private const int Protocol = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly StreamWriter _output;
    private readonly Lock _writing = new();
    private readonly CSharpSession _session = new();
    private readonly Channel<ExecuteRequest> _queue = Channel.CreateUnbounded<ExecuteRequest>();
    private readonly Lock _changing = new();
    private CancellationTokenSource? _running;
    private string? _runningId;

    private KernelHost(Stream output) =>
        _output = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };

    /// <summary>
    /// Serves until a shutdown request, the end of <paramref name="input"/> or cancellation. Ctrl-C interrupts the running cell.
    /// </summary>
    /// <remarks>Cells may leave threads behind, so the program should exit rather than return from Main after this.</remarks>
    public static async Task RunAsync(Stream input, Stream output, CancellationToken cancellation = default)
    {
        Console.SetIn(TextReader.Null);
        using var host = new KernelHost(output);
        using var interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            host.Interrupt();
        });
        host.Send(new KernelReady(Protocol, Environment.ProcessId));
        _ = Task.Run(() => host.ExecuteQueueAsync(cancellation), cancellation);
        await host.ListenAsync(input, cancellation);
        host.Interrupt();
    }

    /// <summary>This process's standard output, without the lock that .NET's own stream to it has in common with Console.Write.</summary>
    /// <remarks>
    /// A cell holds that lock while it writes to the console, and waits for whatever is being sent. If sending waited for the lock too,
    /// both would wait for ever.
    /// </remarks>
    public static Stream OpenStandardOutput() =>
        new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _output.Dispose();
    }

    private async Task ListenAsync(Stream input, CancellationToken cancellation)
    {
        using var reader = new StreamReader(input, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            try
            {
                var request = KernelRequest.Parse(line);
                switch (request)
                {
                    case ExecuteRequest execute:
                        await _queue.Writer.WriteAsync(execute, cancellation);
                        break;
                    case CompleteRequest or InspectRequest or IsCompleteRequest:
                        _ = AnswerAsync(request, cancellation);
                        break;
                    case InterruptRequest:
                        Interrupt();
                        break;
                    case ShutdownRequest:
                        return;
                }
            }
            catch (FormatException refused)
            {
                Send(new RequestRefused(refused.Message));
            }
        }
    }

    /// <summary>Answers beside the cell that runs.</summary>
    private async Task AnswerAsync(KernelRequest question, CancellationToken cancellation)
    {
        Send(question switch
        {
            CompleteRequest complete => new CompletionsFound(
                complete.Id, await _session.CompleteAsync(complete.Code, complete.Cursor, cancellation)),
            InspectRequest inspect => new Inspected(inspect.Id, await _session.InspectAsync(inspect.Code, inspect.Cursor, cancellation)),
            IsCompleteRequest isComplete => new CompletenessTold(isComplete.Id, _session.IsComplete(isComplete.Code)),
            _ => throw new ArgumentException($"{question.GetType()} is no question.", nameof(question)),
        });
    }

    private async Task ExecuteQueueAsync(CancellationToken cancellation)
    {
        await foreach (var request in _queue.Reader.ReadAllAsync(cancellation))
            await ExecuteAsync(request);
    }

    private async Task ExecuteAsync(ExecuteRequest request)
    {
        using var interrupt = new CancellationTokenSource();
        SetRunning(request.Id, interrupt);
        Send(new CellStarted(request.Id));
        var outcome = await _session.ExecuteAsync(request.Code, output => Send(new CellShowed(request.Id, output)), interrupt.Token);
        SetRunning(null, null);
        Send(new CellFinished(request.Id, outcome.Succeeded, outcome.ExecutionCount, outcome.Elapsed));
    }

    private void SetRunning(string? id, CancellationTokenSource? interrupt)
    {
        lock (_changing)
            (_runningId, _running) = (id, interrupt);
    }

    private void Interrupt()
    {
        lock (_changing)
        {
            if (_running is not { IsCancellationRequested: false } running)
                return;
            var id = _runningId!;
            _ = running.CancelAsync();
            _ = Task.Delay(Patience).ContinueWith(_ => ReportUnstoppable(id), TaskScheduler.Default);
        }
    }

    private void ReportUnstoppable(string id)
    {
        lock (_changing)
        {
            if (_runningId == id)
            {
                Send(new CellUnstoppable(
                    id, "The cell is inside code that can't be stopped. It ends by itself, or restart the kernel to end it now."));
            }
        }
    }

    private void Send(KernelEvent kernelEvent)
    {
        var line = EventLine.Write(kernelEvent);
        lock (_writing)
        {
            try
            {
                _output.WriteLine(line);
                _output.Flush();
            }
            catch (IOException)
            {
                // Nobody reads any more; the end of the requests will tell.
            }
        }
    }
}
