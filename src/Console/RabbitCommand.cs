using System.CommandLine;

namespace LlmRabbitHoles.CommandLine;

/// <summary>A command whose help ends with examples.</summary>
internal abstract class RabbitCommand : Command
{
    protected RabbitCommand(string name, string description, params string[] examples) : base(name, description)
    {
        Examples = examples;
        SetAction(RunAsync);
    }

    /// <summary>Command lines to copy, each followed by what it shows.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Whether the command answers Ctrl-C itself instead of being cancelled. Default false.</summary>
    public virtual bool HandlesInterrupts => false;

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken);

    /// <summary>Words are taken as they come by an argument; one that begins with dashes is a mistyped option.</summary>
    protected static void RefuseUnknownOptions(Argument argument) => argument.Validators.Add(result =>
    {
        if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is { } option)
            result.AddError($"The option '{option.Value}' is unknown.");
    });
}
