using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Notebooks.Documents;

/// <summary>Writes files whole or not at all: aside first, then renamed into place. Whatever goes wrong, the old file stays.
/// Links are followed; what is not a file, such as a device, is refused.</summary>
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
            // So .NET reports a limit on the size of files, which people meet as a disk that is full.
            throw new IOException($"'{full}' can't be written: it is larger than this system lets a file be.", tooLarge);
        }
        finally
        {
            File.Delete(aside);
        }
    }
}
