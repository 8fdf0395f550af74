namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>How notebooks are run.</summary>
public sealed record RunOptions
{
    /// <summary>The folder for executed copies, which keep the originals' folders. Null, the default, writes none.</summary>
    public string? OutFolder { get; init; }

    /// <summary>
    /// Whether to compare stored outputs with this run (except those that vary) and check text and exercises. Default false.
    /// </summary>
    public bool Check { get; init; }

    /// <summary>Whether a successful run stores its outputs in the notebooks themselves. Default false.</summary>
    public bool Update { get; init; }

    /// <summary>The time limit of one notebook, including the start of its kernel. Default 600 seconds.</summary>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero && value.TotalMilliseconds < int.MaxValue
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Timeout), value, "Timeout must be more than 0 and less than 24 days.");
    } = TimeSpan.FromSeconds(600);

    /// <summary>
    /// The engine's device ("cpu", "cuda", "auto"), passed to the kernel as RABBIT_DEVICE. Null, the default, inherits it.
    /// </summary>
    public string? Device { get; init; }

    /// <summary>The kernel to start. Null, the default, starts <see cref="KernelProgram.Default"/>.</summary>
    public KernelProgram? Kernel { get; init; }
}
