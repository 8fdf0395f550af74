using System.Diagnostics;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Checking.Template;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Kernels;
using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>Runs notebooks top to bottom, each in a kernel process of its own, one after another.</summary>
/// <remarks>One at a time, because the engine uses every core; in a process, because a cell can loop forever or crash.</remarks>
public static class NotebookRunner
{
    /// <summary>Runs the notebooks at <paramref name="paths"/>; after a failure the next one still runs.</summary>
    /// <param name="paths">Notebooks and folders of notebooks; empty means the folder notebooks.</param>
    /// <param name="options">Null uses the defaults.</param>
    /// <param name="progress">Receives each step of notebooks and cells.</param>
    /// <param name="cancellationToken">Ends the kernel and throws.</param>
    /// <returns>One report per notebook. Failures inside a notebook are reported there, not thrown.</returns>
    /// <exception cref="FileNotFoundException">A path leads to no notebook, or the kernel isn't built.</exception>
    public static async Task<RunReport> RunAsync(
        IEnumerable<string> paths, RunOptions? options = null, IProgress<RunProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var settings = options ?? new RunOptions();
        settings = settings with { Kernel = settings.Kernel ?? KernelProgram.Default };
        var reports = new List<NotebookReport>();
        foreach (var notebook in NotebookPaths.Expand(paths))
        {
            var report = await RunOneAsync(notebook, settings, progress, cancellationToken);
            progress?.Report(new NotebookFinished(notebook.Path, report));
            reports.Add(report);
        }

        var whole = new RunReport(reports);
        if (settings.OutFolder is { } folder)
            whole.SaveClaims(Path.Combine(folder, "claims.json"));
        return whole;
    }

    private static async Task<NotebookReport> RunOneAsync(
        NotebookPath path, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var notebook = NotebookReader.Read(path.Path);
            var stored = options.Check ? NotebookReader.Read(path.Path) : null;
            var run = new NotebookRun(path.Path, notebook, options, progress);
            var error = Refusal(notebook) ?? await run.ExecuteAsync(cancellationToken);
            NotebookClaims.RenderInto(notebook);
            var problems = error is null ? Problems(stored, notebook, options, path.Path, run.Taken) : [];
            var report = new NotebookReport(path.Path, clock.Elapsed, run.Cells, error ?? Summary(problems))
            {
                Problems = problems,
                Claims = NotebookClaims.Of(notebook),
            };
            if (options.Update && error is null)
                NotebookWriter.Write(notebook, path.Path);
            WriteCopy(notebook, path, options);
            return report;
        }
        catch (Exception unreadable) when (unreadable is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            return new NotebookReport(path.Path, clock.Elapsed, [], unreadable.Message);
        }
    }

    private static IReadOnlyList<string> Problems(
        Notebook? stored, Notebook ran, RunOptions options, string path, TimeSpan taken) =>
        stored is not null || options.Update
            ? [.. NotebookCheck.Problems(stored ?? ran, ran), .. TemplateProblems(ran, path, taken)]
            : [.. ClaimProblems.Of(ran)];

    private static IEnumerable<string> TemplateProblems(Notebook ran, string path, TimeSpan taken) => Series.Of(path) is { } series
        ? NotebookTemplate.Problems(ran, taken, series, series.HoleOf(path))
        : [];

    private static string? Summary(IReadOnlyList<string> problems) => problems.Count switch
    {
        0 => null,
        1 => problems[0].Split('\n')[0],
        var count => $"{problems[0].Split('\n')[0]} (and {count - 1} more)",
    };

    private static void WriteCopy(Notebook notebook, NotebookPath path, RunOptions options)
    {
        if (options.OutFolder is not { } folder)
            return;
        NotebookWriter.Write(notebook, Path.Combine(folder, path.Inside));
    }

    /// <summary>Why a notebook cannot run at all; null when it can.</summary>
    private static string? Refusal(Notebook notebook)
    {
        var language = ((notebook.Metadata["kernelspec"] as JsonObject)?["language"] as JsonValue)?.ToString();
        if (language is not null && !IsCSharp(language))
            return $"The notebook is written in {language}; this kernel runs C#.";
        if (notebook.CodeCells.All(cell => cell.IsEmpty))
            return "The notebook ran no code: it has no code cell with anything in it.";
        var foreign = notebook.CodeCells.Where(cell => !cell.IsEmpty).Index()
            .FirstOrDefault(one => one.Item.Language is { } name && !RabbitKernels.Names.Contains(name, StringComparer.OrdinalIgnoreCase));
        return foreign.Item is { } cell
            ? $"Cell {foreign.Index + 1} is written in {cell.Language}; the kernels here are {string.Join(", ", RabbitKernels.Names)}."
            : null;
    }

    private static bool IsCSharp(string language) =>
        language.Equals("C#", StringComparison.OrdinalIgnoreCase) || language.Equals("csharp", StringComparison.OrdinalIgnoreCase);
}
