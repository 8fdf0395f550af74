using System.IO.Compression;
using System.Text.Json;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Alice;

/// <summary>Writes a corpus as a folder: train.jsonl.gz, validation.jsonl.gz, evaluation.jsonl and corpus.json with its figures.</summary>
public static class CorpusFolder
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes beside the folder first and renames at the end, so that a folder is whole or absent.</summary>
    /// <exception cref="IOException">The folder exists and is not a corpus: it is left as it is.</exception>
    public static void Write(Corpus corpus, string folder)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var target = OutputFile.ResolveFolder(folder);
        if (Directory.Exists(target)
            && Directory.EnumerateFileSystemEntries(target).Any() && !File.Exists(Path.Combine(target, "corpus.json")))
            throw new IOException($"'{target}' holds files but no corpus.json, so it is not overwritten. Name an empty or a new folder.");

        var aside = target + ".partial";
        Remove(aside);
        Directory.CreateDirectory(aside);
        WriteCompressed(Path.Combine(aside, "train.jsonl.gz"), corpus.Train.Select(CorpusLines.Line));
        WriteCompressed(Path.Combine(aside, "validation.jsonl.gz"), corpus.Validation.Select(CorpusLines.Line));
        using (var evaluation = File.Create(Path.Combine(aside, "evaluation.jsonl")))
            WriteLines(evaluation, corpus.Evaluation.Select(CorpusLines.Line));
        File.WriteAllText(Path.Combine(aside, "corpus.json"), JsonSerializer.Serialize(new
        {
            seed = corpus.Options.Seed,
            phase = corpus.Options.Phase.ToString(),
            scale = corpus.Options.Scale,
            train = corpus.Train.Count,
            validation = corpus.Validation.Count,
            evaluation = corpus.Evaluation.Count,
            sha256 = corpus.Hash,
        }, Indented) + "\n");
        Remove(target);
        Directory.Move(aside, target);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static void WriteCompressed(string path, IEnumerable<byte[]> lines)
    {
        using var file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        using var buffered = new BufferedStream(gzip, 1 << 16);
        WriteLines(buffered, lines);
    }

    private static void WriteLines(Stream stream, IEnumerable<byte[]> lines)
    {
        foreach (var line in lines)
        {
            stream.Write(line);
            stream.WriteByte((byte)'\n');
        }
    }
}
