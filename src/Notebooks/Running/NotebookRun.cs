using System.Collections.Concurrent;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>One run of one notebook in a fresh kernel. Outputs and counts are written into the notebook as cells end.</summary>
internal sealed class NotebookRun(string path, Notebook notebook, RunOptions options, IProgress<RunProgress>? progress)
{
    private const string CSharp = "csharp";

    private readonly List<CodeCell> _toRun = [.. notebook.CodeCells.Where(cell => !cell.IsEmpty)];
    private readonly List<CellReport> _cells = [];

    /// <summary>
    /// The outputs of each cell: later cells update displays of earlier ones, and threads that a cell left go on writing.
    /// </summary>
    private readonly ConcurrentQueue<OutputRecord> _records = new();

    /// <summary>The cells that have run so far.</summary>
    public IReadOnlyList<CellReport> Cells => _cells;

    /// <summary>How long all cells took: by the clock, or in processor time where other work made them wait.</summary>
    public TimeSpan Taken { get; private set; }

    /// <summary>Runs until the end, the first error or the timeout.</summary>
    /// <returns>Why the notebook failed; null when it passed.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled; the kernel has ended.</exception>
    public async Task<string?> ExecuteAsync(CancellationToken cancellationToken)
    {
        ClearOutputs();
        progress?.Report(new NotebookStarted(path, _toRun.Count));
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Timeout);
        await using var kernel = StartKernel();
        for (var i = 0; i < _toRun.Count; i++)
        {
            progress?.Report(new NotebookCellStarted(path, i + 1, _toRun.Count));
            var report = await RunCellAsync(kernel, i, cancellationToken, timeout.Token);
            _cells.Add(report);
            progress?.Report(new NotebookCellFinished(path, _toRun.Count, report));
            if (report.Error is { } error)
            {
                KeepOutputs();
                return $"Cell {i + 1} of {_toRun.Count}: {error}";
            }
        }

        KeepOutputs();
        var (clock, processors) = (_cells.Aggregate(TimeSpan.Zero, (sum, cell) => sum + cell.Elapsed), kernel.ProcessorTime);
        Taken = processors < clock ? processors : clock;
        return null;
    }

    private void KeepOutputs()
    {
        foreach (var (cell, record) in _toRun.Zip(_records))
            cell.Outputs.Clear();
        foreach (var (cell, record) in _toRun.Zip(_records))
        {
            foreach (var output in record.Outputs)
                cell.Outputs.Add(output);
        }
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

    private async Task<CellReport> RunCellAsync(
        KernelClient kernel, int index, CancellationToken cancellationToken, CancellationToken timeout)
    {
        var cell = _toRun[index];
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var record = new OutputRecord();
        _records.Enqueue(record);
        await RunAsync(kernel, $"cell-{index + 1}", cell.Source, cell.Language ?? CSharp, record, cancellationToken, timeout);
        cell.ExecutionCount = index + 1;
        return new CellReport(index + 1, clock.Elapsed, record.Outputs, ErrorLine(record.Outputs));
    }

    private async Task RunAsync(
        KernelClient kernel, string id, string code, string language, OutputRecord record,
        CancellationToken cancellationToken, CancellationToken timeout)
    {
        if (await FailureAsync(kernel, id, code, language, record, cancellationToken, timeout) is { } failure)
            record.Add(failure);
    }

    private void Show(CellOutput output, OutputRecord record)
    {
        if (output is not DisplayOutput { IsUpdate: true } update)
        {
            record.Add(output);
            return;
        }

        foreach (var one in _records.Append(record))
            one.Replace(update);
    }

    /// <returns>The failure that the kernel did not report itself; null when the cell ended normally.</returns>
    private async Task<ErrorOutput?> FailureAsync(
        KernelClient kernel, string id, string code, string language, OutputRecord record,
        CancellationToken cancellationToken, CancellationToken timeout)
    {
        try
        {
            await kernel.ExecuteAsync(id, code, output => Show(output, record), language, timeout);
            return null;
        }
        catch (KernelCrashedException crash)
        {
            return Failure("KernelCrashed", crash.Message);
        }
        catch (OperationCanceledException)
        {
            kernel.Kill();
            cancellationToken.ThrowIfCancellationRequested();
            var seconds = options.Timeout.TotalSeconds.ToString("0.###");
            return Failure(
                "TimedOut", $"The notebook had not ended after {seconds} seconds and was stopped here. Allow it more: --timeout SECONDS.");
        }
    }

    private static ErrorOutput Failure(string name, string message) => new(name, message, [$"{name}: {message}"]);

    /// <summary>The error's headline and, if the trace names it, the cell's line.</summary>
    internal static string? ErrorLine(IReadOnlyList<CellOutput> outputs)
    {
        if (outputs.OfType<ErrorOutput>().LastOrDefault() is not { } error)
            return null;
        var place = error.Traceback.Skip(1).LastOrDefault(line => line.TrimStart().StartsWith("at cell ", StringComparison.Ordinal));
        return error.Traceback.FirstOrDefault(error.Value) + (place is null ? "" : $" ({place.Trim()})");
    }
}
