using System.CommandLine;
using System.CommandLine.Help;

namespace LlmRabbitHoles.CommandLine;

/// <summary>All commands of <c>./rabbit</c>, and the default when the user names none.</summary>
internal static class RabbitCommands
{
    public static RootCommand CreateRoot()
    {
        var root = new RootCommand(
            "What happens when you send a message to an LLM? Without a command: the journey of one message through the model.\n" +
            "  ./rabbit test [NAME] builds everything and runs all tests and notebooks; ./rabbit build only builds.");
        foreach (var command in Readers()) root.Add(command);
        foreach (var command in Makers())
        {
            // The library's page lists the readers' commands; those of makers come in a list of their own.
            command.Hidden = true;
            root.Add(command);
        }
        foreach (var help in root.Options.OfType<HelpOption>()) help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    /// <summary>Nothing, a message of several words, or an option of the journey: the journey is meant.</summary>
    public static IReadOnlyList<string> WithCommand(string[] args) => args switch
    {
        [] => ["journey"],
        ["--help" or "-h" or "-?" or "--version", ..] => args,
        [['-', ..], ..] => ["journey", .. args],
        [var first, ..] when first.Any(char.IsWhiteSpace) => ["journey", .. args],
        _ => args,
    };

    /// <summary><c>./rabbit generate</c> for the command <c>generate</c>.</summary>
    public static string PathOf(Command command) =>
        command is RootCommand ? "./rabbit" : $"{PathOf(command.Parents.OfType<Command>().First())} {command.Name}";

    /// <summary>The command nearest to a mistyped word; null if none is near.</summary>
    public static string? Nearest(string word) => All()
        .Select(command => (command.Name, Distance: EditDistance.Between(command.Name, word)))
        .Where(candidate => candidate.Distance <= 2).OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name).FirstOrDefault();

    private static IEnumerable<RabbitCommand> All() => [.. Readers(), .. Makers()];

    private static IEnumerable<RabbitCommand> Readers() =>
    [
        new JourneyCommand(),
        new ChatCommand(),
        new GenerateCommand(),
        new TokenizeCommand(),
        new LogitsCommand(),
        new ScoreCommand(),
        new StartCommand(),
        new OpenCommand(),
        new RunCommand(),
        new ExerciseCommand(),
        new BookCommand(),
        new JupyterCommand(),
        new VsCodeCommand(),
        new DoctorCommand(),
    ];

    private static IEnumerable<RabbitCommand> Makers() =>
    [
        new ModelsCommand(),
        new PullCommand(),
        new ConvertCommand(),
        new QuantizeCommand(),
        new BenchCommand(),
        new EvalCommand(),
        new CorpusCommand(),
        new TrainCommand(),
        new AverageCommand(),
        new KernelCommand(),
    ];
}
