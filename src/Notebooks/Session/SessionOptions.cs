namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>Where a session stands and how much it lets a cell say.</summary>
public sealed record SessionOptions
{
    /// <summary>The folder that relative <c>#r</c> and <c>#load</c> start from. Default: the process's working directory.</summary>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>How many characters one cell may show before the rest is cut with a note. Default 1,000,000.</summary>
    public int OutputLimit
    {
        get;
        init => field = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(OutputLimit), value, "OutputLimit must be 1 or more.");
    } = 1_000_000;

    /// <summary>
    /// Asks the reader for a line: told the prompt and whether what is typed is secret, gives the line, or null when there is none.
    /// Null, the default: nobody can be asked, and every reading from the console is at its end.
    /// </summary>
    public Func<string, bool, Task<string?>>? ReadInput { get; init; }

    /// <summary>The folder that remembers which files packages consist of. Default: one of this user's.</summary>
    public string PackageCache { get; init; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "rabbit-holes", "packages");
}
