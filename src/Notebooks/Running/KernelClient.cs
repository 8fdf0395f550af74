using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Kernels;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Connection;
using Microsoft.DotNet.Interactive.Events;

namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>A kernel process that speaks .NET Interactive's protocol over its standard streams. Disposing ends the process.</summary>
public sealed class KernelClient : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly LastWords _stderr = new();
    private readonly ConcurrentDictionary<string, Execution> _executions = new();
    private readonly Task _reading;
    private readonly Task _draining;
    private readonly Task _ended;

    /// <summary>How much of the processors' time the kernel has used; zero once it has ended.</summary>
    public TimeSpan ProcessorTime => _process.HasExited ? TimeSpan.Zero : _process.TotalProcessorTime;

    private KernelClient(Process process)
    {
        _process = process;
        _reading = Task.Run(ReadAsync);
        _draining = Task.Run(DrainAsync);
        _ended = EndAsync();
    }

    /// <summary>Starts a kernel process.</summary>
    /// <param name="program">What to start.</param>
    /// <param name="workingDirectory">The cells' working directory, from which relative <c>#r</c> and <c>#load</c> start.</param>
    /// <param name="environment">Variables to set on top of this process's.</param>
    /// <exception cref="KernelCrashedException">The program can't be started.</exception>
    public static KernelClient Start(
        KernelProgram program, string workingDirectory, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program.Program, program.Arguments)
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
            throw new KernelCrashedException($"The kernel '{program.Program}' can't be started: {missing.Message}.", missing);
        }
    }

    /// <summary>Runs a cell and waits for its end. One at a time.</summary>
    /// <param name="id">A name for the cell, used once.</param>
    /// <param name="code">The code of the cell.</param>
    /// <param name="show">Receives the outputs in order, even after the cell's end when threads
    /// it left write. An error is an output too.</param>
    /// <param name="kernel">The kernel that runs it: "csharp", "html" and so on.</param>
    /// <param name="cancellationToken">Ends the waiting, not the cell: see <see cref="InterruptAsync"/> and <see cref="Kill"/>.</param>
    /// <returns>Whether it ended without an error.</returns>
    /// <exception cref="KernelCrashedException">The process ended before the cell did.</exception>
    public async Task<bool> ExecuteAsync(
        string id, string code, Action<CellOutput> show, string kernel = "csharp", CancellationToken cancellationToken = default)
    {
        var execution = _executions[id] = new Execution(show, _executions.Count + 1);
        var command = new SubmitCode(code, kernel);
        command.SetToken(id);
        await SendAsync(command, cancellationToken);
        var ended = await Task.WhenAny(execution.Finished.Task, _ended).WaitAsync(cancellationToken);
        return ended == execution.Finished.Task || execution.Finished.Task.IsCompleted
            ? await execution.Finished.Task
            : throw new KernelCrashedException(await DescribeEndAsync());
    }

    /// <summary>Asks the running cell to stop.</summary>
    public Task InterruptAsync() => SendAsync(new Cancel(), CancellationToken.None);

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
        var quitting = SendAsync(new Quit(), CancellationToken.None);
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(ShutdownPatience));
        Kill();
        await _process.WaitForExitAsync();
        await quitting;
        _process.Dispose();
    }

    private async Task SendAsync(KernelCommand command, CancellationToken cancellationToken)
    {
        try
        {
            var line = KernelCommandEnvelope.Serialize(command) + "\n";
            await _process.StandardInput.WriteAsync(line.AsMemory(), cancellationToken);
            await _process.StandardInput.FlushAsync(cancellationToken);
        }
        catch (Exception closed) when (closed is IOException or InvalidOperationException)
        {
            // The process has ended; its end answers those who wait.
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            try
            {
                Handle(KernelEventEnvelope.Deserialize(line).Event);
            }
#pragma warning disable CA1031 // What is not an event is not for us, and must not end the reading.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }

    /// <summary>A cell may be split into commands; each has the cell's token and a number: cell-1.1.</summary>
    private void Handle(KernelEvent one)
    {
        var token = one.Command?.GetOrCreateToken() ?? "";
        var root = token.Split('.', 2)[0];
        if (!_executions.TryGetValue(root, out var execution))
            return;
        var isWhole = token == root;
        if (EventOutput.Of(one, execution.Number) is { } output && (isWhole || output is not ErrorOutput))
            execution.Show(output);
        if (isWhole && one is KernelCommandCompletionEvent)
            execution.Finished.TrySetResult(one is CommandSucceeded);
    }

    private async Task DrainAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
            _stderr.Add(line);
    }

    /// <summary>Waits for the exit, not for the streams: a program that the process started may hold them open forever.</summary>
    private async Task EndAsync()
    {
        await _process.WaitForExitAsync();
        await Task.WhenAny(Task.WhenAll(_reading, _draining), Task.Delay(ShutdownPatience));
    }

    private async Task<string> DescribeEndAsync()
    {
        await _ended;
        var words = _stderr.Telling is { } line ? $" It said: {line}" : "";
        return $"The kernel process ended {ExitReason.Of(_process.ExitCode)}.{words}";
    }

    private sealed record Execution(Action<CellOutput> Show, int Number)
    {
        public TaskCompletionSource<bool> Finished { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Thrown when the kernel process ends without being asked to. The message says how, with its last output.</summary>
public sealed class KernelCrashedException(string message, Exception? inner = null) : Exception(message, inner);
