using LlmRabbitHoles.Hub;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Shows a pull on stderr: the bar's share of all bytes, and a line for whatever else happens.</summary>
/// <param name="share">The bar.</param>
internal sealed class PullDisplay(IProgress<double> share) : IProgress<PullEvent>
{
    private readonly Dictionary<string, long> _arrived = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _bytes;

    public void Report(PullEvent value)
    {
        lock (_lock)
        {
            Count(value);
            if (Line(value) is { } line) Terminal.Progress.WriteLine(line);
        }
    }

    private void Count(PullEvent happened)
    {
        switch (happened)
        {
            case PullEvent.Listed listed:
                _bytes = listed.Bytes;
                break;
            case PullEvent.Arrived more:
                _arrived[more.Path] = more.Bytes;
                break;
            case PullEvent.Finished file:
                _arrived[file.Path] = file.Bytes;
                break;
        }
        if (_bytes > 0) share.Report((double)_arrived.Values.Sum() / _bytes);
    }

    private static string? Line(PullEvent happened) => happened switch
    {
        PullEvent.Listed listed => $"{listed.Files} files, {Megabytes(listed.Bytes)}, commit {listed.Commit[..8]}{Skipped(listed.Skipped)}",
        PullEvent.Finished { Checked: { } check } file => $"{file.Path}: {Megabytes(file.Bytes)}, {check} checked",
        PullEvent.Finished file => $"{file.Path}: {Megabytes(file.Bytes)}, here already",
        PullEvent.Retrying retry => $"{retry.Reason}; trying again in {retry.Pause.TotalSeconds:0.#} s",
        PullEvent.Waiting waiting => $"{waiting.Path}: another pull has it; waiting",
        _ => null,
    };

    private static string Skipped(IReadOnlyList<string> files)
    {
        const int Most = 5;
        if (files.Count == 0) return "";
        return $"; not needed: {string.Join(", ", files.Take(Most))}{(files.Count > Most ? $" and {files.Count - Most} more" : "")}";
    }

    private static string Megabytes(long bytes) => $"{bytes / 1e6:0.0} MB";
}
