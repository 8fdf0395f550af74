namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>How notebooks are run.</summary>
public sealed record RunOptions
{
    /// <summary>Where the executed copies go, in the folders of the originals; null: they are not written. Default null.</summary>
    public string? OutFolder { get; init; }

    /// <summary>
    /// Whether the stored outputs must be those of this run (what varies apart), and text and exercises are looked through. Default false.
    /// </summary>
    public bool Check { get; init; }

    /// <summary>Whether the notebooks themselves get the outputs of this run, where it came to its end. Default false.</summary>
    public bool Update { get; init; }

    /// <summary>
    /// Whether, after the last cell, wrong guesses are fed to every prediction, which must then score them as wrong. Default false.
    /// </summary>
    public bool WrongGuesses { get; init; }

    /// <summary>What one notebook may take, the start of its kernel included. Default 600 seconds.</summary>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero && value.TotalMilliseconds < int.MaxValue
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Timeout), value, "Timeout must be more than 0 and less than 24 days.");
    } = TimeSpan.FromSeconds(600);

    /// <summary>
    /// The engine's device ("cpu", "cuda", "auto"), handed to the kernel as RABBIT_DEVICE; null: what this process has. Default null.
    /// </summary>
    public string? Device { get; init; }

    /// <summary>The kernel to start; null: <see cref="KernelProgram.Default"/>. Default null.</summary>
    public KernelProgram? Kernel { get; init; }
}
