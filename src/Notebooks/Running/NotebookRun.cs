using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Kernel;

namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>One run of one notebook in a fresh kernel. Outputs and counts are written into the notebook as cells end.</summary>
internal sealed class NotebookRun(string path, Notebook notebook, RunOptions options, IProgress<RunProgress>? progress)
{
    private readonly List<CodeCell> _toRun = [.. notebook.CodeCells.Where(cell => !cell.IsEmpty)];
    private readonly List<CellReport> _cells = [];

    /// <summary>The cells that have run so far.</summary>
    public IReadOnlyList<CellReport> Cells => _cells;

    /// <summary>Runs until the end, the first error or the time-out.</summary>
    /// <returns>Why the notebook failed; null when it did not.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled; the kernel has ended.</exception>
    public async Task<string?> ExecuteAsync(CancellationToken cancellation)
    {
        ClearOutputs();
        progress?.Report(new NotebookStarted(path, _toRun.Count));
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(options.Timeout);
        await using var kernel = StartKernel();
        for (var i = 0; i < _toRun.Count; i++)
        {
            progress?.Report(new NotebookCellStarted(path, i + 1, _toRun.Count));
            var report = await RunCellAsync(kernel, i, cancellation, timeout.Token);
            _cells.Add(report);
            progress?.Report(new NotebookCellFinished(path, _toRun.Count, report));
            if (report.Error is { } error)
                return $"Cell {i + 1} of {_toRun.Count}: {error}";
        }

        return options.WrongGuesses || options.Check
            ? await new WrongGuesses(_toRun, _cells).FeedAsync((id, code) => RunAsync(kernel, id, code, cancellation, timeout.Token))
            : null;
    }

    private void ClearOutputs()
    {
        foreach (var cell in notebook.CodeCells)
        {
            cell.ExecutionCount = null;
            cell.Outputs.Clear();
        }
    }

    private KernelClient StartKernel()
    {
        var environment = new Dictionary<string, string>();
        if (options.Device is { } device)
            environment["RABBIT_DEVICE"] = device;
        return KernelClient.Start(options.Kernel!, Path.GetDirectoryName(Path.GetFullPath(path))!, environment);
    }

    private async Task<CellReport> RunCellAsync(KernelClient kernel, int index, CancellationToken cancellation, CancellationToken timeout)
    {
        var cell = _toRun[index];
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var outputs = await RunAsync(kernel, $"cell-{index + 1}", cell.Source, cancellation, timeout);
        cell.ExecutionCount = index + 1;
        foreach (var output in outputs)
            cell.Outputs.Add(output);
        return new CellReport(index + 1, clock.Elapsed, outputs, ErrorLine(outputs));
    }

    private async Task<IReadOnlyList<CellOutput>> RunAsync(
        KernelClient kernel, string id, string code, CancellationToken cancellation, CancellationToken timeout)
    {
        var record = new OutputRecord();
        if (await FailureAsync(kernel, id, code, record, cancellation, timeout) is { } failure)
            record.Add(failure);
        return record.Outputs;
    }

    /// <returns>Why the cell could not come to an end that the kernel reports itself; null when it could.</returns>
    private async Task<ErrorOutput?> FailureAsync(
        KernelClient kernel, string id, string code, OutputRecord record, CancellationToken cancellation, CancellationToken timeout)
    {
        try
        {
            await kernel.ExecuteAsync(id, code, record.Add, timeout);
            return null;
        }
        catch (KernelCrashedException crash)
        {
            return Failure("KernelCrashed", crash.Message);
        }
        catch (OperationCanceledException)
        {
            kernel.Kill();
            cancellation.ThrowIfCancellationRequested();
            var seconds = options.Timeout.TotalSeconds.ToString("0.###");
            return Failure("TimedOut", $"The notebook had not ended after {seconds} seconds and was stopped here. Allow it more: --timeout SECONDS.");
        }
    }

    private static ErrorOutput Failure(string name, string message) => new(name, message, [$"{name}: {message}"]);

    /// <summary>The error's headline and, where the trace names one, the cell's line.</summary>
    internal static string? ErrorLine(IReadOnlyList<CellOutput> outputs)
    {
        if (outputs.OfType<ErrorOutput>().LastOrDefault() is not { } error)
            return null;
        var place = error.Traceback.Skip(1).LastOrDefault(line => line.TrimStart().StartsWith("at cell ", StringComparison.Ordinal));
        return error.Traceback.FirstOrDefault(error.Value) + (place is null ? "" : $" ({place.Trim()})");
    }
}
