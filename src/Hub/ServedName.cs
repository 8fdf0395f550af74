using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Hub;

/// <summary>Names that a server sends and that become names of files here. One that could leave its folder is refused.</summary>
internal static partial class ServedName
{
    private const int LongestPath = 1_000;

    /// <summary>A file's path within its repository: names with slashes between them.</summary>
    /// <exception cref="HubException">The path is absolute, climbs, or holds what no file's name should.</exception>
    public static string Path(string path)
    {
        var wrong = path.Length is 0 or > LongestPath || path.Any(c => char.IsControl(c) || c == '\\') || Drive().IsMatch(path)
            || path.Split('/').Any(name => name is "" or "." or ".." || (OperatingSystem.IsWindows() && !FitsWindows(name)));
        return wrong ? throw Refuse("the file name", path) : path;
    }

    /// <summary>A branch, a tag or a commit: as a path, it names a file under refs/.</summary>
    /// <exception cref="HubException">It cannot be the name of a revision.</exception>
    public static string Revision(string revision)
    {
        try
        {
            return Path(revision);
        }
        catch (HubException)
        {
            throw new HubException($"'{Shortened.Of(Visible(revision))}' cannot be a revision. Name a branch, a tag or a commit.");
        }
    }

    /// <summary>A commit: 40 hexadecimal digits (64 where git hashes with SHA-256).</summary>
    /// <exception cref="HubException">It is something else.</exception>
    public static string Commit(string commit) => IsCommit(commit) ? commit : throw Refuse("the commit", commit);

    /// <summary>Whether it is 40 hexadecimal digits, or 64.</summary>
    public static bool IsCommit(string commit) => CommitForm().IsMatch(commit);

    /// <summary>What identifies a file's content: the name of its blob.</summary>
    /// <exception cref="HubException">It cannot be the name of a file.</exception>
    public static string Blob(string etag) => BlobForm().IsMatch(etag) ? etag : throw Refuse("the entity tag", etag);

    private static bool FitsWindows(string name) => !name.EndsWith('.') && !name.EndsWith(' ') && name.IndexOfAny([.. "<>:|?*\""]) < 0;

    private static HubException Refuse(string what, string name) => new(
        $"The server sends {what} '{Shortened.Of(Visible(name))}', which is not safe as a file's name. " +
        "Nothing was written. Check HF_ENDPOINT.");

    private static string Visible(string name) => string.Concat(name.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString()));

    [GeneratedRegex(@"\A[A-Za-z]:")]
    private static partial Regex Drive();

    [GeneratedRegex(@"\A(?:[0-9a-f]{40}|[0-9a-f]{64})\z")]
    private static partial Regex CommitForm();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_\-.]{0,199}\z")]
    private static partial Regex BlobForm();
}
