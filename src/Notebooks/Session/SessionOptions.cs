namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>The working folder of a session and its limits.</summary>
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
    /// Asks the reader for a line, given the prompt and whether the input is secret. Gives the line, or null at the end of input.
    /// Null, the default, means there is no reader, and the console's input is at its end.
    /// </summary>
    public Func<string, bool, Task<string?>>? ReadInput { get; init; }

    /// <summary>The folder that remembers the files of packages. Default: a folder of this user.</summary>
    public string PackageCache { get; init; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "rabbit-holes", "packages");
}
