namespace LlmRabbitHoles.Alice.Tests;

public sealed class CorpusFolderTests : IDisposable
{
    private static readonly Corpus Tiny = CorpusBuilder.Build(new CorpusOptions { Scale = 0.001 });
    private readonly string _folder = Directory.CreateTempSubdirectory("corpus-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AFolderHoldsTheThreePartsAndTheHash()
    {
        var target = Path.Combine(_folder, "out");
        CorpusFolder.Write(Tiny, target);
        CorpusFolder.Write(Tiny, target);
        Assert.Equal(["corpus.json", "evaluation.jsonl", "train.jsonl.gz", "validation.jsonl.gz"], Directory.GetFiles(target)
            .Select(Path.GetFileName).Order());
        Assert.Contains(Tiny.Hash, File.ReadAllText(Path.Combine(target, "corpus.json")), StringComparison.Ordinal);
        Assert.Equal(Tiny.Evaluation.Count, File.ReadLines(Path.Combine(target, "evaluation.jsonl")).Count());
        Assert.False(Directory.Exists(target + ".partial"));
    }

    [Fact]
    public void AFolderOfOtherThingsIsLeftAsItIs()
    {
        File.WriteAllText(Path.Combine(_folder, "letter.txt"), "mine");
        Assert.Contains(
            "no corpus.json", Assert.Throws<IOException>(() => CorpusFolder.Write(Tiny, _folder)).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "letter.txt")));
    }

    [Fact]
    public void ThePartsAddUpToTheTrainingDocuments() => Assert.Equal(Tiny.Train.Count, Tiny.Parts.Sum(part => part.Documents));
}
