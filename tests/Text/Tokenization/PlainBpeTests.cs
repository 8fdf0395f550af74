using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

public class PlainBpeTests
{
    private static string Corpus => File.ReadAllText(GoldenFile.PathOf("tokenizer.corpus.txt"));

    public static TheoryData<string, int> Corpora => new()
    {
        { "low lower lowest", 300 },
        { "abab abab ab", 260 },
        { "aaaaaaa aaaa aaa abababab babab " + new string('z', 37), 300 },
        { "It's 42 tokens, isn't it? Größe, 日本語, 👩‍👩‍👧 and 👩‍👩‍👧 again;  two   spaces\n\n\nlines", 320 },
        { Corpus, 360 },
    };

    [Theory]
    [MemberData(nameof(Corpora))]
    public void TheFastTrainerLearnsTheSameMerges(string corpus, int size) =>
        Assert.Equal(PlainBpe.Train(corpus, size).Merges, BpeTrainer.Train([corpus], new() { VocabularySize = size }).Merges);

    [Theory]
    [MemberData(nameof(Corpora))]
    public void TheFastTokenizerGivesTheSameTokens(string corpus, int size)
    {
        var (plain, fast) = (PlainBpe.Train(corpus, size), BpeTrainer.Train([corpus], new() { VocabularySize = size }));
        foreach (var text in MixedTexts.Plain.Take(400).Append(corpus[..Math.Min(2000, corpus.Length)]).Append(""))
        {
            Assert.Equal(plain.Encode(text), fast.Encode(text));
            Assert.Equal(text, plain.Decode(plain.Encode(text)));
        }
    }

    // l+o and o+w stand together three times, and l has the lower id; then lo+w; then " "+low, twice.
    [Fact]
    public void MergesAreLearnedByCount()
    {
        var bpe = PlainBpe.Train("low lower lowest", 300);
        Assert.Equal(["lo", "low", " low", " lowe"], bpe.Merges.Select(merge => bpe.Decode([merge.Result])));
        Assert.Equal(["s", "low"], bpe.Encode("slow").Select(id => bpe.Decode([id])));
    }
}
