using System.CommandLine;
using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Lists the exercises of the notebooks, shows one, and checks the reader's answer to it.</summary>
internal sealed class ExerciseCommand : RabbitCommand
{
    private readonly Argument<string?> _number = new("number")
    {
        Description = "A rabbit hole (1.3) or one of its exercises (1.3.2).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _list = new("--list") { Description = "List the exercises: all, or those of the hole." };

    private readonly Option<bool> _check = new("--check") { Description = "Check the answers that you wrote into the notebook." };

    private readonly Option<string?> _in =
        new("--in") { Description = "Your own copy of the notebook. Default: the one in notebooks/.", HelpName = "FILE" };

    private readonly Option<string?> _device = ChoiceOption.Create("--device",
        "Where the engine computes in the cells. Default: RABBIT_DEVICE, else auto.", "cpu", "cuda", "auto");

    public ExerciseCommand() : base("exercise", "Show the exercises of a notebook and check your answers.",
        "./rabbit exercise --list",
        "./rabbit exercise 1.3.2",
        "./rabbit exercise 1.3 --check")
    {
        Add(_number);
        foreach (Option option in new Option[] { _list, _check, _in, _device }) Add(option);
        RefuseUnknownOptions(_number);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (number, list, check) = (parsed.GetValue(_number), parsed.GetValue(_list), parsed.GetValue(_check));
        if (list && check) throw new UsageException("--list and --check exclude each other.");
        if (number is null && !list) throw new UsageException("Say which exercise, such as 1.3 or 1.3.2, or --list.");
        var shelf = ExerciseShelf.Open(Repository());
        var found = number is null ? shelf.All() : shelf.Find(number, parsed.GetValue(_in));
        if (!check)
        {
            ExerciseText.Write(Terminal.Out, found, inFull: !list);
            return ExitCode.Done;
        }

        var options = new RunOptions { Device = parsed.GetValue(_device) };
        var solved = true;
        foreach (var exercise in found)
        {
            var outcome = await ExerciseRunner.CheckAsync(exercise.Path, exercise.Notebook, exercise.Exercise, options, cancellationToken);
            Terminal.Out.WriteLine(ExerciseText.Verdict(exercise, outcome));
            solved &= outcome.IsRight == true;
        }

        return solved ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Repository() => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, ".."));
}
