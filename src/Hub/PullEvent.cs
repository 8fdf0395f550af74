namespace LlmRabbitHoles.Hub;

/// <summary>What happens while a model is pulled.</summary>
public abstract record PullEvent
{
    private PullEvent()
    {
    }

    /// <summary>The server has said what there is.</summary>
    /// <param name="Commit">The revision's commit.</param>
    /// <param name="Files">How many files are pulled.</param>
    /// <param name="Bytes">Their size.</param>
    /// <param name="Skipped">The files that are not needed.</param>
    public sealed record Listed(string Commit, int Files, long Bytes, IReadOnlyList<string> Skipped) : PullEvent;

    /// <summary>More of a file is here.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Bytes">How many bytes of it are here; fewer than before where it begins again.</param>
    public sealed record Arrived(string Path, long Bytes) : PullEvent;

    /// <summary>A file is here.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Bytes">Its size.</param>
    /// <param name="Checked">What was checked, such as SHA-256; null where the content was here before.</param>
    public sealed record Finished(string Path, long Bytes, string? Checked) : PullEvent;

    /// <summary>A try failed, and another follows.</summary>
    /// <param name="Reason">What failed.</param>
    /// <param name="Pause">How long until the next try.</param>
    public sealed record Retrying(string Reason, TimeSpan Pause) : PullEvent;

    /// <summary>Another program pulls the same file.</summary>
    /// <param name="Path">The file.</param>
    public sealed record Waiting(string Path) : PullEvent;
}
