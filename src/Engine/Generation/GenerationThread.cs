using System.Collections.Concurrent;

namespace LlmRabbitHoles.Generation;

/// <summary>
/// A thread that stays for the next generation: libtorch makes its helpers once for each thread that computes, and keeps them.
/// </summary>
/// <remarks>A generation that starts while another one runs gets a thread beside it, which stays too.</remarks>
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

    // What flows with the caller's work, such as its host's cancellation, flows on.
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
