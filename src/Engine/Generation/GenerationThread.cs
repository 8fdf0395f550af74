using System.Collections.Concurrent;

namespace LlmRabbitHoles.Generation;

/// <summary>
/// Keeps its thread for the next generation: libtorch makes helper threads for each thread that computes, and keeps them.
/// </summary>
/// <remarks>Generations at the same time get a thread each; these stay too.</remarks>
internal sealed class GenerationThread
{
    private static readonly ConcurrentStack<GenerationThread> Idle = new();

    private readonly BlockingCollection<(Action Work, TaskCompletionSource Done)> _work = [];

    private GenerationThread() => new Thread(Loop) { IsBackground = true, Name = "generation" }.Start();

    /// <summary>Runs work on an idle thread.</summary>
    /// <param name="work">Must not throw.</param>
    /// <returns>Done when the work is.</returns>
    public static Task Run(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!Idle.TryPop(out var thread)) thread = new GenerationThread();
        thread._work.Add((InContext(work), done));
        return done.Task;
    }

    // The caller's execution context, with its host's cancellation, flows along.
    private static Action InContext(Action work) =>
        ExecutionContext.Capture() is { } context ? () => ExecutionContext.Run(context, _ => work(), null) : work;

    private void Loop()
    {
        foreach (var (work, done) in _work.GetConsumingEnumerable())
        {
            work();
            Idle.Push(this);
            done.SetResult();
        }
    }
}
