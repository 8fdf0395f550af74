namespace LlmRabbitHoles.CommandLine.Tests;

public sealed class ConvertTests : IDisposable
{
    private readonly MadeModel _model = new();

    private string Out => Path.Combine(_model.Folder, "new", "made.gguf");

    public void Dispose() => _model.Dispose();

    [Fact]
    public void AModelBecomesAGgufFile()
    {
        var outcome = Convert("--type", "q8_0");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.StartsWith($"{Out}: llama, q8_0, ", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("GGUF"u8, File.ReadAllBytes(Out).AsSpan(0, 4));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Out)!));
    }

    [Fact]
    public void AMissingModelIsRefused() =>
        Rabbit.Run("convert", "--model", Path.Combine(_model.Folder, "none"), "--to", "gguf", "--out", Out)
            .IsRefused(1, "none' does not exist");

    [Fact]
    public void AModelWithoutATokenizerIsRefused()
    {
        File.Delete(Path.Combine(_model.Folder, "tokenizer.json"));
        Convert().IsRefused(1, "has no tokenizer.json");
        Assert.False(Directory.Exists(Path.GetDirectoryName(Out)));
    }

    [Fact]
    public void AnotherKindOfVocabularyIsRefused()
    {
        File.WriteAllText(Path.Combine(_model.Folder, "tokenizer.json"), """{"model": {"type": "Unigram", "vocab": []}}""");
        Convert().IsRefused(1, "tokenizer.json");
    }

    private Outcome Convert(params string[] more) =>
        Rabbit.Run(["convert", "--model", _model.Folder, "--to", "gguf", "--out", Out, .. more]);
}
