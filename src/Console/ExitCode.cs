namespace LlmRabbitHoles.CommandLine;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>The work is done.</summary>
    public const int Done = 0;

    /// <summary>The work failed; one sentence on stderr says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line asks for something that does not exist or contradicts itself.</summary>
    public const int BadUsage = 2;

    /// <summary>Ctrl-C: 128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;
}
