using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Notebooks.Documents;

/// <summary>Writes files completely or not at all: to a temporary file first, which is then renamed. On failure the old file stays.
/// Follows links; refuses anything that is not a regular file, such as a device.</summary>
public static class AsideFile
{
    /// <summary>Writes the file. Missing folders are made.</summary>
    /// <exception cref="IOException">It can't be written; the disk may be full.</exception>
    public static void WriteAllText(string path, string text)
    {
        var full = OutputFile.Resolve(path);
        var folder = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);
        var aside = Path.Combine(folder, $".{Path.GetFileName(full)}.{Environment.ProcessId}.part");
        try
        {
            File.WriteAllText(aside, text);
            File.Move(aside, full, overwrite: true);
        }
        catch (ArgumentOutOfRangeException tooLarge)
        {
            // .NET reports a limit on file sizes this way; to the user it looks like a full disk.
            throw new IOException($"'{full}' can't be written: it is larger than this system lets a file be.", tooLarge);
        }
        finally
        {
            File.Delete(aside);
        }
    }
}
