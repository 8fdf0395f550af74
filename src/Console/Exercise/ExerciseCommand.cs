using System.CommandLine;
using LlmRabbitHoles.Notebooks.Running;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Lists the exercises of the notebooks, shows one with its hints or solution, and checks the reader's answer.</summary>
internal sealed class ExerciseCommand : RabbitCommand
{
    private readonly Argument<string?> _number = new("number")
    {
        Description = "A rabbit hole (1.3) or one of its exercises (1.3.2).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _list = new("--list") { Description = "List the exercises: all, or those of the hole." };

    private readonly Option<bool> _check = new("--check") { Description = "Check the answers that you wrote into the notebook." };

    private readonly Option<bool> _hints = new("--hints") { Description = "Show the hints, from a nudge to nearly the answer." };

    private readonly Option<bool> _solution =
        new("--solution") { Description = "Show a solution, and wrong answers that the check refuses." };

    private readonly Option<bool> _checkAll = new("--check-all")
    {
        Description = "Prove the checks: each must accept its stored solution and refuse its stored wrong answers.",
    };

    private readonly Option<string?> _in = new("--in")
    {
        Description = "The notebook with your answers. Default: your copy in my/ if you have one, else the one in notebooks/.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _device = ChoiceOption.Create("--device",
        "Where the engine computes in the cells. Default: RABBIT_DEVICE, else auto.", "cpu", "cuda", "auto");

    public ExerciseCommand() : base("exercise", "Show the exercises of a notebook and check your answers.",
        "./rabbit exercise --list",
        "./rabbit exercise 1.3.2",
        "./rabbit exercise 1.3.2 --hints",
        "./rabbit exercise 1.3 --check")
    {
        Add(_number);
        foreach (Option option in new Option[] { _list, _check, _hints, _solution, _checkAll, _in, _device }) Add(option);
        RefuseUnknownOptions(_number);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var asked = new[] { _list, _check, _hints, _solution, _checkAll }.Where(parsed.GetValue).ToList();
        if (asked.Count > 1) throw new UsageException($"{asked[0].Name} and {asked[1].Name} exclude each other.");
        var wanted = asked.SingleOrDefault();
        var number = parsed.GetValue(_number);
        if (number is null && wanted != _list && wanted != _checkAll)
            throw new UsageException("Say which exercise, such as 1.3 or 1.3.2, or --list.");
        var found = Found(number, parsed.GetValue(_in), original: wanted == _checkAll || wanted == _solution);
        var options = new RunOptions { Device = parsed.GetValue(_device) };
        if (wanted == _check) return await CheckAsync(found, options, cancellationToken);
        if (wanted == _checkAll) return await ProveAsync(found, options, cancellationToken);
        if (wanted == _hints) ExerciseText.WriteHints(Terminal.Out, found);
        else if (wanted == _solution) ExerciseText.WriteSolutions(Terminal.Out, found);
        else ExerciseText.Write(Terminal.Result, found, inFull: wanted != _list);
        return ExitCode.Done;
    }

    private static IReadOnlyList<ShelvedExercise> Found(string? number, string? copy, bool original)
    {
        var shelf = new ExerciseShelf(original || copy is not null ? null : Repository.OwnCopyOf);
        return number is null ? shelf.All() : shelf.Find(number, original ? null : copy);
    }

    private static async Task<int> CheckAsync(IReadOnlyList<ShelvedExercise> found, RunOptions options, CancellationToken cancellationToken)
    {
        var solved = true;
        foreach (var exercise in found)
        {
            var outcome = await Watched(exercise,
                () => ExerciseRunner.CheckAsync(exercise.Path, exercise.Notebook, exercise.Exercise, options, cancellationToken));
            Terminal.Out.WriteLine(ExerciseText.Verdict(exercise, outcome));
            solved &= outcome.Check?.IsRight == true;
        }

        return solved ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<int> ProveAsync(IReadOnlyList<ShelvedExercise> found, RunOptions options, CancellationToken cancellationToken)
    {
        var failed = 0;
        foreach (var exercise in found)
        {
            var outcome = await Watched(exercise,
                () => ExerciseRunner.ProveAsync(exercise.Path, exercise.Notebook, exercise.Exercise, options, cancellationToken));
            Terminal.Out.WriteLine(ExerciseText.Proof(exercise, outcome));
            failed += outcome.Error is null ? 0 : 1;
        }

        Terminal.Out.WriteLine($"{found.Count - failed} passed, {failed} failed");
        return failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static Task<ExerciseOutcome> Watched(ShelvedExercise exercise, Func<Task<ExerciseOutcome>> run) => Terminal.IsWatched
        ? Terminal.Progress.Status().StartAsync($"Running the cells that {exercise.Number} needs", _ => run())
        : run();
}
