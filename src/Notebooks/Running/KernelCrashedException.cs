namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>The kernel process ended though nobody asked it to. The message says how, with its last words.</summary>
public sealed class KernelCrashedException : Exception
{
    /// <summary>A crash of unknown cause.</summary>
    public KernelCrashedException() : this("The kernel process ended.")
    {
    }

    /// <summary>A crash for the reason given.</summary>
    public KernelCrashedException(string message) : base(message)
    {
    }

    /// <summary>A crash for the reason given, keeping the exception that showed it.</summary>
    public KernelCrashedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
