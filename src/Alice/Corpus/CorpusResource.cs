using System.IO.Compression;
using System.Reflection;
using System.Text;

namespace LlmRabbitHoles.Alice;

/// <summary>The files of data/corpus and data/exam, which travel inside the assembly.</summary>
internal static class CorpusResource
{
    private const string Prefix = "corpus/";
    private static readonly Assembly Home = typeof(CorpusResource).Assembly;

    /// <summary>Names below a folder such as "world/", in ordinal order.</summary>
    public static IReadOnlyList<string> Names(string folder) =>
        [.. Home.GetManifestResourceNames().Select(name => name.Replace('\\', '/'))
            .Where(name => name.StartsWith(Prefix + folder, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal)];

    /// <summary>A file's lines; a name that ends in .br is unpacked.</summary>
    public static IEnumerable<string> Lines(string name) => Read(Prefix + name);

    /// <summary>The lines of a file of data/exam.</summary>
    public static IEnumerable<string> ExamLines(string name) => Read("exam/" + name);

    private static IEnumerable<string> Read(string name)
    {
        using var stream = Home.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"data/{name} is not in {Home.GetName().Name}. Build src/Alice again.");
        using var text = name.EndsWith(".br", StringComparison.Ordinal) ? new BrotliStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new StreamReader(text, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
