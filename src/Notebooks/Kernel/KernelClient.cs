using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session;

namespace LlmRabbitHoles.Notebooks.Kernel;

/// <summary>A kernel process, spoken to over its standard streams. Disposing ends the process.</summary>
public sealed class KernelClient : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly LastWords _stderr = new();
    private readonly ConcurrentDictionary<string, Action<CellOutput>> _shows = new();
    private readonly Task _reading;
    private readonly Task _draining;
    private volatile Execution? _current;

    private KernelClient(Process process)
    {
        _process = process;
        _reading = Task.Run(ReadAsync);
        _draining = Task.Run(DrainAsync);
    }

    /// <summary>Starts a kernel process.</summary>
    /// <param name="command">What to start.</param>
    /// <param name="workingDirectory">The cells' working directory, from which relative <c>#r</c> and <c>#load</c> start.</param>
    /// <param name="environment">Variables to set on top of this process's.</param>
    /// <exception cref="KernelCrashedException">The program can't be started.</exception>
    public static KernelClient Start(
        KernelCommand command, string workingDirectory, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        try
        {
            return new KernelClient(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new KernelCrashedException($"The kernel '{command.Program}' can't be started: {missing.Message}.", missing);
        }
    }

    /// <summary>Runs a cell and waits for its end. One at a time.</summary>
    /// <param name="id">A name for the cell, used once.</param>
    /// <param name="code">C# script.</param>
    /// <param name="show">Receives what it shows, in order; later too, when threads it left behind write.</param>
    /// <param name="cancellation">Ends the waiting, not the cell: see <see cref="InterruptAsync"/> and <see cref="Kill"/>.</param>
    /// <exception cref="KernelCrashedException">The process ended before the cell did.</exception>
    public async Task<CellFinished> ExecuteAsync(string id, string code, Action<CellOutput> show, CancellationToken cancellation = default)
    {
        var execution = new Execution(id, show);
        _shows[id] = show;
        _current = execution;
        await SendAsync(new ExecuteRequest(id, code));
        var ended = await Task.WhenAny(execution.Finished.Task, _reading).WaitAsync(cancellation);
        return ended == execution.Finished.Task || execution.Finished.Task.IsCompleted
            ? await execution.Finished.Task
            : throw new KernelCrashedException(await DescribeEndAsync());
    }

    /// <summary>Asks the running cell to stop.</summary>
    public Task InterruptAsync() => SendAsync(new InterruptRequest());

    /// <summary>Ends the process and whatever it started, at once.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await SendAsync(new ShutdownRequest());
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(ShutdownPatience));
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task SendAsync(KernelRequest request)
    {
        try
        {
            await _process.StandardInput.WriteAsync(request.ToLine() + "\n");
            await _process.StandardInput.FlushAsync();
        }
        catch (Exception closed) when (closed is IOException or InvalidOperationException)
        {
            // The process has ended; whoever waits for an answer learns it from the end of its output.
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            foreach (var kernelEvent in EventLine.Read(line))
                Handle(kernelEvent);
        }
    }

    private void Handle(KernelEvent kernelEvent)
    {
        switch (kernelEvent)
        {
            case CellShowed { Id: { } id } showed when _shows.TryGetValue(id, out var show):
                show(showed.Output);
                break;
            case CellShowed { Id: null } native:
                _current?.ShowNative((StreamOutput)native.Output);
                break;
            case CellFinished finished when _current?.Id == finished.Id:
                _current.Finished.TrySetResult(finished);
                break;
        }
    }

    private async Task DrainAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
            _stderr.Add(line);
    }

    private async Task<string> DescribeEndAsync()
    {
        await _process.WaitForExitAsync();
        await Task.WhenAny(_draining, Task.Delay(ShutdownPatience));
        var words = _stderr.Telling is { } line ? $" It said: {line}" : "";
        return $"The kernel process ended {ExitReason.Of(_process.ExitCode)}.{words}";
    }

    private sealed record Execution(string Id, Action<CellOutput> Show)
    {
        /// <summary>As much as a session lets a cell write to the console.</summary>
        private static readonly int Limit = new SessionOptions().OutputLimit;

        private long _room = Limit;

        public TaskCompletionSource<CellFinished> Finished { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Shows what was written past the console, which no session has cut.</summary>
        public void ShowNative(StreamOutput output)
        {
            if (_room <= 0)
                return;
            Show(output.Text.Length <= _room ? output : output with { Text = output.Text[..(int)_room] });
            _room -= output.Text.Length;
            if (_room <= 0)
                Show(new StreamOutput("stderr", CellSink.CutNote(Limit)));
        }
    }
}
