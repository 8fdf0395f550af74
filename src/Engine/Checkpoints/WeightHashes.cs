using System.Security.Cryptography;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>
/// The SHA-256 hashes of a checkpoint's weight files, in <c>SHA256SUMS</c> beside them, as sha256sum writes and checks them.
/// </summary>
/// <remarks><code>
/// 64 hexadecimal digits, two spaces (or a space and a star), a file name:
/// 40fe90…6b1c  model.safetensors
/// </code></remarks>
public sealed class WeightHashes
{
    /// <summary>The file's name in a checkpoint's folder.</summary>
    public const string FileName = "SHA256SUMS";

    private const int Digits = 2 * SHA256.HashSizeInBytes;

    private readonly string _folder;
    private readonly Dictionary<string, string> _recorded;

    private WeightHashes(string folder, Dictionary<string, string> recorded) => (_folder, _recorded) = (folder, recorded);

    /// <summary>Whether any hash was recorded.</summary>
    public bool Any => _recorded.Count > 0;

    /// <summary>Reads what was recorded in a folder; nothing where it has no such file.</summary>
    /// <param name="folder">A checkpoint's folder.</param>
    /// <exception cref="CheckpointException">The file cannot be read, or a line of it is not as sha256sum writes it.</exception>
    public static WeightHashes Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder, FileName);
        var recorded = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (line, i) in Lines(path).Select((line, i) => (line, i)))
        {
            if (line.Length == 0) continue;
            if (!IsRecord(line))
                throw new CheckpointException(
                    $"Line {i + 1} of '{path}' is '{(line.Length > 80 ? line[..77] + "..." : line)}'; " +
                    $"it must be a hash of {Digits} hexadecimal digits, two spaces and a file name. " +
                    $"Write it again: {Remake(folder)}");
            recorded[line[(Digits + 2)..]] = line[..Digits].ToLowerInvariant();
        }
        return new(folder, recorded);
    }

    /// <summary>Checks one file; one of which no hash was recorded passes.</summary>
    /// <param name="file">A file of the folder.</param>
    /// <returns>Its hash, as 64 hexadecimal digits.</returns>
    /// <exception cref="CheckpointException">It is not the file whose hash was recorded, or it cannot be read.</exception>
    public string Check(string file)
    {
        var (name, found) = (Path.GetFileName(file), Of(file));
        if (_recorded.TryGetValue(name, out var expected) && expected != found)
            throw new CheckpointException(
                $"The hash of {name} in '{_folder}' is {found}, and {FileName} records {expected}: its weights were changed or damaged. " +
                $"Restore the file (git checkout -- {_folder}), or, if the change is meant, record it: {Remake(_folder)}");
        return found;
    }

    /// <summary>Checks every file of which a hash was recorded; reads no other.</summary>
    /// <param name="files">The weight files of the folder.</param>
    /// <exception cref="CheckpointException">A file is not the one whose hash was recorded, or it cannot be read.</exception>
    public void CheckRecorded(IEnumerable<string> files)
    {
        foreach (var file in files.Where(file => _recorded.ContainsKey(Path.GetFileName(file)))) Check(file);
    }

    /// <summary>The hash of a file, as 64 hexadecimal digits.</summary>
    /// <param name="file">Its path.</param>
    /// <exception cref="CheckpointException">It cannot be read.</exception>
    public static string Of(string file)
    {
        try
        {
            using var stream =
                new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20, FileOptions.SequentialScan);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(
                $"'{file}' could not be read to compute its hash: {e.Message.TrimEnd('.')}. Check the path and its permissions.", e);
        }
    }

    /// <summary>The text of <c>SHA256SUMS</c>.</summary>
    /// <param name="hashes">File names with their hashes.</param>
    internal static string Write(IEnumerable<(string Name, string Hash)> hashes) =>
        string.Concat(hashes.Select(file => $"{file.Hash}  {file.Name}\n"));

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"'{path}' could not be read: {e.Message.TrimEnd('.')}. Check its permissions.", e);
        }
    }

    private static bool IsRecord(string line) =>
        line.Length > Digits + 2 && line[..Digits].All(char.IsAsciiHexDigit) && line[Digits] == ' ' && line[Digits + 1] is (' ' or '*');

    private static string Remake(string folder) => $"cd {folder} && sha256sum *.safetensors > {FileName}";
}
