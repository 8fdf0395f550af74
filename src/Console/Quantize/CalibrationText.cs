using LlmRabbitHoles.Alice;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Text to calibrate with and text to measure on, as ids; no sentence is in both.</summary>
/// <param name="Calibration">Texts of at most the context.</param>
/// <param name="HeldOut">Texts of at most the context.</param>
internal sealed record CalibrationText(IReadOnlyList<int[]> Calibration, IReadOnlyList<int[]> HeldOut)
{
    private const int MostWindow = 256;

    /// <summary>The first half of a file and its second half, or Alice's training text and what she has never read.</summary>
    /// <param name="file">A UTF-8 text; null: Alice's corpus.</param>
    /// <param name="tokenizer">The model's.</param>
    /// <param name="context">The model's.</param>
    /// <param name="tokens">Tokens of each kind, at most.</param>
    /// <exception cref="WorkFailedException">The file has too little text.</exception>
    public static CalibrationText Of(string? file, Tokenizer tokenizer, int context, int tokens)
    {
        if (file is null) return OfCorpus(tokenizer, context, tokens);
        var windows = Windows(tokenizer.Encode(TextFile.Read(file)), Math.Min(context, MostWindow)).ToArray();
        if (windows.Length < 2)
            throw new WorkFailedException($"'{file}' has {windows.Sum(window => window.Length)} tokens; a few thousand are needed. " +
                "Give a longer text.");
        return new(Limited(windows[..(windows.Length / 2)], tokens), Limited(windows[(windows.Length / 2)..], tokens));
    }

    private static CalibrationText OfCorpus(Tokenizer tokenizer, int context, int tokens)
    {
        var corpus = CorpusBuilder.Build(new CorpusOptions { Scale = 0.05 });
        return new(Encoded(corpus.Train), Encoded(corpus.Validation));

        IReadOnlyList<int[]> Encoded(IReadOnlyList<Document> documents)
        {
            // Every part of the corpus has its share: documents of one kind stand behind each other.
            var step = Math.Max(1, documents.Count / Math.Max(1, tokens / 64));
            return Limited(documents.Where((_, i) => i % step == 0)
                .Select(document => tokenizer.Encode(document.Text)).Where(ids => ids.Length > 1)
                .Select(ids => ids[..Math.Min(ids.Length, context)]), tokens);
        }
    }

    private static IEnumerable<int[]> Windows(int[] ids, int width) => ids.Chunk(width).Where(window => window.Length > 1);

    private static List<int[]> Limited(IEnumerable<int[]> texts, int tokens)
    {
        var (taken, total) = (new List<int[]>(), 0);
        foreach (var text in texts)
        {
            taken.Add(text);
            total += text.Length;
            if (total >= tokens) break;
        }
        return taken;
    }
}
