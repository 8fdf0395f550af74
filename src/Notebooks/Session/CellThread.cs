using System.Collections.Concurrent;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>The one thread on which a session's cells start.</summary>
/// <remarks>
/// One thread for all cells, so that what libraries keep per thread (gradient mode, dispose scopes, OpenMP's workers)
/// lasts from cell to cell. It has no synchronization context: a cell that waits for a task with <c>.Result</c> must not lock up.
/// </remarks>
internal sealed class CellThread : IDisposable
{
    private const int StackBytes = 16 * 1024 * 1024;
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public CellThread()
    {
        _thread = new Thread(Loop, StackBytes) { IsBackground = true, Name = "cells" };
        _thread.Start();
    }

    /// <summary>Runs <paramref name="action"/> on the thread; cancelling ends its sleep or wait.</summary>
    /// <exception cref="OperationCanceledException">The action had not started, or it observed the cancellation.</exception>
    /// <exception cref="ThreadInterruptedException">The action was sleeping or waiting.</exception>
    public Task<T> RunAsync<T>(Func<T> action, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        // What flows with the caller, such as the command that a cell is run for, flows into the cell and what it starts.
        var flow = ExecutionContext.Capture();
        _work.Add(() => Run(flow, () => Complete(done, action, cancellationToken)), CancellationToken.None);
        return done.Task;
    }

    public void Dispose() => _work.CompleteAdding();

    private static void Run(ExecutionContext? flow, Action action)
    {
        if (flow is null)
            action();
        else
            ExecutionContext.Run(flow, _ => action(), null);
    }

    private void Loop()
    {
        foreach (var action in _work.GetConsumingEnumerable())
            action();
    }

    private void Complete<T>(TaskCompletionSource<T> done, Func<T> action, CancellationToken cancellationToken)
    {
        try
        {
            done.SetResult(RunInterruptibly(action, cancellationToken));
        }
        catch (OperationCanceledException broken) when (cancellationToken.IsCancellationRequested)
        {
            done.SetCanceled(broken.CancellationToken);
        }
#pragma warning disable CA1031 // The exception belongs to the awaiting caller, whatever it is.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            done.SetException(exception);
        }
    }

    private T RunInterruptibly<T>(Func<T> action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wake = cancellationToken.Register(_thread.Interrupt);
        try
        {
            return action();
        }
        finally
        {
            if (cancellationToken.CanBeCanceled && !wake.Unregister())
                AwaitInterrupt();
        }
    }

    /// <summary>An interrupt that arrives while the thread runs would end our own next wait, so it is consumed here.</summary>
    private static void AwaitInterrupt()
    {
        try
        {
            Thread.Sleep(TimeSpan.FromMilliseconds(100));
        }
        catch (ThreadInterruptedException)
        {
            // This interrupt is the one to consume.
        }
    }
}
