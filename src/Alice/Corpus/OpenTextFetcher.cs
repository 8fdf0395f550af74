using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace LlmRabbitHoles.Alice;

/// <summary>Remakes data/corpus/open-text.txt.br and open-prose.txt.br from Debian's packages wordnet-base and r-cran-janeaustenr,
/// through apt-get.</summary>
public static class OpenTextFetcher
{
    private const string WordNet = "wordnet-base";
    private const string Novels = "r-cran-janeaustenr";

    private static readonly string[] Examples = ["data.adj", "data.adv", "data.noun", "data.verb"];
    private static readonly string[] Definitions = ["data.noun", "data.verb"];

    /// <summary>Downloads the packages into a cache folder, unpacks them without installing them, and writes the two files.</summary>
    /// <param name="cache">Folder for the packages and their files.</param>
    /// <param name="corpus">Where the files are written: data/corpus.</param>
    /// <returns>How many sentences and how many paragraphs they hold.</returns>
    /// <exception cref="InvalidOperationException">apt-get or dpkg-deb is missing or failed.</exception>
    public static (int Sentences, int Paragraphs) Fetch(string cache, string corpus)
    {
        var (wordNet, novels) = (Unpacked(cache, WordNet), Unpacked(cache, Novels));
        IEnumerable<string> Lines(string[] files) =>
            files.SelectMany(file => File.ReadLines(Path.Combine(wordNet, "usr/share/wordnet", file)));
        var sentences = OpenTextFilter.Sentences(Lines(Examples));
        var database = File.ReadAllBytes(Path.Combine(novels, "usr/lib/R/site-library/janeaustenr/data/Rdata.rdb"));
        string[] paragraphs =
        [
            .. RData.Values(database).SelectMany(OpenProseFilter.Paragraphs), .. OpenProseFilter.Definitions(Lines(Definitions)),
            .. OpenTextFilter.Phrases(Lines(Examples), sentences),
        ];
        Write(Path.Combine(corpus, OpenText.Resource), sentences);
        Write(Path.Combine(corpus, OpenProse.Resource), paragraphs);
        return (sentences.Count, paragraphs.Length);
    }

    private static string Unpacked(string cache, string package)
    {
        Directory.CreateDirectory(cache);
        var files = Path.Combine(cache, package);
        if (Directory.Exists(files)) return files;
        Run(cache, "apt-get", "download", package);
        var archive = Directory.EnumerateFiles(cache, package + "_*.deb").Order(StringComparer.Ordinal).First();
        Run(cache, "dpkg-deb", "-x", archive, files);
        return files;
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
