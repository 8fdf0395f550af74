using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>The two streams: stdout carries the result and nothing else, stderr whatever is said along the way.</summary>
internal static class Terminal
{
    private const int Unlimited = 10_000;
    private static readonly Lazy<IAnsiConsole> _result = new(() => Create(System.Console.Out, System.Console.IsOutputRedirected));
    private static readonly Lazy<IAnsiConsole> _progress = new(() => Create(System.Console.Error, System.Console.IsErrorRedirected));

    /// <summary>stdout, as plain text.</summary>
    public static TextWriter Out => System.Console.Out;

    /// <summary>stderr, as plain text.</summary>
    public static TextWriter Error => System.Console.Error;

    /// <summary>stdout with colour where it is a terminal and NO_COLOR is not set.</summary>
    public static IAnsiConsole Result => _result.Value;

    /// <summary>stderr with colour and moving bars where it is a terminal.</summary>
    public static IAnsiConsole Progress => _progress.Value;

    /// <summary>Whether a person watches: stderr is a terminal, so bars may move.</summary>
    public static bool IsWatched => !System.Console.IsErrorRedirected;

    /// <summary>Whether a person types: the input is a terminal.</summary>
    public static bool IsInteractive => !System.Console.IsInputRedirected;

    // Left to itself the library takes a pipe on stderr for a terminal.
    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var plain = redirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        // A pipe has no width: lines are as long as they are.
        if (redirected) console.Profile.Width = Unlimited;
        return console;
    }
}
