using System.CommandLine;
using System.CommandLine.Invocation;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Parses the arguments, runs the command they name, and turns whatever happens into an exit code.</summary>
internal static class RabbitCommandLine
{
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        ClosedStreams.Mend();
        ModelName.ResolveVariable();
        var parsed = RabbitCommands.CreateRoot()
            .Parse(RabbitCommands.WithCommand(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction) return RefuseUsage(parsed, Misunderstanding(parsed));
        using var interruption = new Interruption(listen: parsed.CommandResult.Command is not RabbitCommand { HandlesInterrupts: true });
        try
        {
            return await parsed.InvokeAsync(Invocation, interruption.Token);
        }
        catch (UsageException e)
        {
            return RefuseUsage(parsed, e.Message);
        }
        catch (Exception e) when (interruption.Token.IsCancellationRequested && e is OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            await Terminal.Error.WriteLineAsync(Complaint.About(e));
            return ExitCode.Failed;
        }
    }

    // Signals and exceptions are this class's: the library would print stack traces and end the process after two seconds.
    private static InvocationConfiguration Invocation => new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    private static string Misunderstanding(ParseResult parsed) => parsed switch
    {
        { CommandResult.Command: RootCommand, UnmatchedTokens: [var word, ..] } => RabbitCommands.Nearest(word) is { } command
            ? $"'{Shortened.Of(word)}' is not a command; did you mean {command}?"
            : $"'{Shortened.Of(word)}' is not a command. A message of one word needs ./rabbit journey {Shortened.Of(word)}.",
        { UnmatchedTokens: [['-', ..] option, ..] } => $"The option '{Shortened.Of(option)}' is unknown.",
        { UnmatchedTokens: [var word, ..] } => $"Unexpected argument '{Shortened.Of(word)}'.",
        _ => parsed.Errors[0].Message,
    };

    private static int RefuseUsage(ParseResult parsed, string message)
    {
        Terminal.Error.WriteLine($"rabbit: {Shortened.Of(message, Complaint.LongestSentence)} See " +
            $"{RabbitCommands.PathOf(parsed.CommandResult.Command)} --help.");
        return ExitCode.BadUsage;
    }
}
