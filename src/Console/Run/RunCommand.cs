using System.CommandLine;
using LlmRabbitHoles.Notebooks.Running;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Runs notebooks from top to bottom and says which hold.</summary>
internal sealed class RunCommand : RabbitCommand
{
    private readonly Argument<string[]> _paths = new("notebooks")
    {
        Description = "Notebooks, or folders of them. Default: all of notebooks/.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _out = new("--out") { Description = "Where the executed copies go.", HelpName = "DIR" };

    private readonly Option<string?> _device = ChoiceOption.Create("--device",
        "Where the engine computes in the cells. Default: RABBIT_DEVICE, else auto.", "cpu", "cuda", "auto");

    private readonly Option<double?> _timeout = NumberOption.Create<double>("--timeout", "S",
        "Seconds that one notebook may take. Default: 600.", s => s > 0 && s < 2_000_000, "a number of seconds above 0");

    private readonly Option<bool> _check = new("--check")
    {
        Description = "Fail where outputs, claims or text are not those of this run, or a notebook leaves the template.",
    };

    private readonly Option<bool> _update =
        new("--update") { Description = "Write the outputs of this run into the notebooks themselves." };

    private readonly Option<string?> _claims =
        new("--claims") { Description = "Where the claims go as JSON. --out writes them to claims.json, too.", HelpName = "FILE" };

    private readonly Option<string?> _report = new("--report") { Description = "Where the results go as JSON.", HelpName = "FILE" };

    public RunCommand() : base("run", "Run notebooks top to bottom, each in a fresh kernel.",
        "./rabbit run",
        "./rabbit run notebooks/tier1/01-vectors.ipynb",
        "./rabbit run --check",
        "./rabbit run --update notebooks/tier1/01-vectors.ipynb",
        "./rabbit run notebooks --out executed --report report.json")
    {
        Add(_paths);
        foreach (Option option in new Option[] { _check, _update, _out, _claims, _device, _timeout, _report }) Add(option);
        RefuseUnknownOptions(_paths);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_check) && parsed.GetValue(_update)) throw new UsageException("--check and --update exclude each other.");
        foreach (var wanted in new[] { parsed.GetValue(_report), parsed.GetValue(_claims) })
        {
            if (wanted is not null) OutputFile.Resolve(wanted);   // before the work, which takes minutes
        }
        var paths = parsed.GetValue(_paths) is { Length: > 0 } named ? named : [DefaultFolder()];
        var report = await RunDisplay.ShowAsync(progress => NotebookRunner.RunAsync(paths, Settings(parsed), progress, cancellationToken));
        RunTable.Write(Terminal.Result, report);
        RunTable.WriteProblems(Terminal.Error, report);
        if (parsed.GetValue(_report) is { } file) report.Save(file);
        if (parsed.GetValue(_claims) is { } claims) report.SaveClaims(claims);
        return report.Failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private RunOptions Settings(ParseResult parsed)
    {
        var options = new RunOptions
        {
            OutFolder = parsed.GetValue(_out),
            Device = parsed.GetValue(_device),
            Check = parsed.GetValue(_check),
            Update = parsed.GetValue(_update),
        };
        return parsed.GetValue(_timeout) is { } seconds ? options with { Timeout = TimeSpan.FromSeconds(seconds) } : options;
    }

    // Called from elsewhere, the repository's own notebooks are meant.
    private static string DefaultFolder() => Directory.Exists(NotebookPaths.DefaultFolder)
        ? NotebookPaths.DefaultFolder
        : Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", NotebookPaths.DefaultFolder));
}
