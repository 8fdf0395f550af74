using System.Text.Json;

namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>The commands that look at a text or a prompt without writing: tokenize, logits, score.</summary>
public sealed class ReadingTests : IDisposable
{
    private readonly MadeModel _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void TokenizeNamesIdsAndPieces()
    {
        var json = Read("tokenize", "--text", "né");
        // n, then the two bytes of é in UTF-8.
        Assert.Equal([110, 0xC3, 0xA9], json.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()));
        Assert.Equal(["n", "<0xC3>", "<0xA9>"], json.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString()));
    }

    [Fact]
    public void TheLikeliestTokenIsTheGreedyOne()
    {
        var last = Read("logits", "--tokens", "1,2,3", "--top", "5").GetProperty("last");
        var probabilities = last.EnumerateArray().Select(c => c.GetProperty("probability").GetDouble()).ToArray();
        Assert.Equal(5, probabilities.Length);
        Assert.Equal(probabilities.OrderDescending(), probabilities);
        var greedy = Read("generate", "--tokens", "1,2,3", "--max-tokens", "1").GetProperty("tokens")[0].GetInt32();
        Assert.Equal(greedy, last[0].GetProperty("id").GetInt32());
    }

    [Fact]
    public void LogitsOfAllTokensAreADistribution()
    {
        var all = Read("logits", "--tokens", "1,2,3", "--top", "256").GetProperty("last").EnumerateArray();
        Assert.Equal(1, all.Sum(c => c.GetProperty("probability").GetDouble()), 1e-6);
    }

    [Fact]
    public void ScoreIsConsistent()
    {
        var file = Path.Combine(_model.Folder, "text.txt");
        // 100 bytes, 100 tokens: longer than the context of 64, so that windows are joined.
        File.WriteAllText(file, string.Concat(Enumerable.Repeat("The cat. ", 12))[..100]);
        var json = Read("score", "--file", file);
        var nll = json.GetProperty("nll_per_token").GetDouble();
        Assert.Equal(99, json.GetProperty("tokens").GetInt32());
        Assert.Equal(Math.Exp(nll), json.GetProperty("perplexity").GetDouble(), 1e-6);
        Assert.Equal(nll * 99 / Math.Log(2) / 100, json.GetProperty("bits_per_byte").GetDouble(), 1e-9);
    }

    [Fact]
    public void ScoringWhatIsNotTextIsRefused()
    {
        var file = Path.Combine(_model.Folder, "bytes");
        File.WriteAllBytes(file, [65, 0xFF, 65]);
        Rabbit.Run("score", "--model", _model.Folder, "--file", file).IsRefused(1, "is not UTF-8");
        Rabbit.Run("score", "--model", _model.Folder, "--file", file + "-missing").IsRefused(1, "bytes-missing");
    }

    private JsonElement Read(string command, params string[] args)
    {
        var outcome = Rabbit.Run([command, "--model", _model.Folder, "--format", "json", .. args]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return JsonDocument.Parse(outcome.Output).RootElement;
    }
}
