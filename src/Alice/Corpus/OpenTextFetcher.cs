using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace LlmRabbitHoles.Alice;

/// <summary>Remakes data/corpus/open-text.txt.br from Debian's package wordnet-base, through apt-get.</summary>
public static class OpenTextFetcher
{
    private const string Package = "wordnet-base";
    private static readonly string[] Files = ["data.adj", "data.adv", "data.noun", "data.verb"];

    /// <summary>Downloads the package into a cache folder, unpacks it without installing it, and writes the sample.</summary>
    /// <param name="cache">Folder for the package and its files.</param>
    /// <param name="target">The file to write, such as data/corpus/open-text.txt.br.</param>
    /// <returns>How many sentences the sample holds.</returns>
    /// <exception cref="InvalidOperationException">apt-get or dpkg-deb is missing or failed.</exception>
    public static int Fetch(string cache, string target)
    {
        Directory.CreateDirectory(cache);
        var files = Path.Combine(cache, Package);
        if (!Directory.Exists(files))
        {
            Run(cache, "apt-get", "download", Package);
            var archive = Directory.EnumerateFiles(cache, Package + "_*.deb").Order(StringComparer.Ordinal).First();
            Run(cache, "dpkg-deb", "-x", archive, files);
        }

        var sentences = OpenTextFilter.Sentences(
            Files.SelectMany(file => File.ReadLines(Path.Combine(files, "usr/share/wordnet", file))));
        Write(target, sentences);
        return sentences.Count;
    }

    private static void Write(string target, IReadOnlyList<string> sentences)
    {
        var aside = target + ".partial";
        using (var file = File.Create(aside))
        using (var brotli = new BrotliStream(file, CompressionLevel.SmallestSize))
            brotli.Write(Encoding.UTF8.GetBytes(string.Join('\n', sentences) + "\n"));
        File.Move(aside, target, overwrite: true);
    }

    private static void Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.OutputDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}: " +
                    $"{errors.Trim()}. Run apt-get update, or build without --fetch.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"'{program}' could not be started ({e.Message}). Fetching needs Debian or Ubuntu; " +
                "build without --fetch to use the sample in the repository.", e);
        }
    }
}
