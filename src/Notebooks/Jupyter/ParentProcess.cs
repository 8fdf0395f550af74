using System.Diagnostics;

namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>The program that started the kernel. A kernel that outlived it would listen and keep its memory forever.</summary>
internal static class ParentProcess
{
    /// <summary>The variable in which Jupyter's launcher stores its process id.</summary>
    private const string Variable = "JPY_PARENT_PID";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Completes when that program has ended; never completes if no program is known.</summary>
    public static async Task WaitForEndAsync(CancellationToken cancellationToken)
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable(Variable), out var id))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return;
        }

        using var timer = new PeriodicTimer(Interval);
        while (IsRunning(id))
            await timer.WaitForNextTickAsync(cancellationToken);
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
