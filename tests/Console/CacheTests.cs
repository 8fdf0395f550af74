using System.Text.Json;

namespace LlmRabbitHoles.CommandLine.Tests;

public sealed class CacheTests : IDisposable
{
    private readonly MadeModel _model = new();

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("--cache", "contiguous")]
    [InlineData("--cache", "paged", "--page-size", "1")]
    [InlineData("--cache", "paged", "--page-size", "3")]
    [InlineData("--cache", "sliding", "--cache-window", "40")]
    [InlineData("--cache", "offloaded", "--page-size", "2")]
    public void EveryExactCacheGivesTheSameTokens(params string[] options) => Assert.Equal(Tokens(), Tokens(options));

    [Fact]
    public void AQuantizedCacheAnswers() => Assert.NotEqual("[]", Tokens("--cache", "quantized", "--cache-bits", "4"));

    [Theory]
    [InlineData("--page-size needs --cache paged.", "--page-size", "4")]
    [InlineData("--cache-bits needs --cache quantized.", "--cache", "paged", "--cache-bits", "4")]
    [InlineData("--cache-window needs --cache sliding.", "--cache-window", "4")]
    [InlineData("--page-size is '0'; it must be from 1 to 65536.", "--cache", "paged", "--page-size", "0")]
    [InlineData("--cache is 'ring'; it must be contiguous, paged, quantized, sliding or offloaded.", "--cache", "ring")]
    public void ASettingOfAnotherCacheIsRefused(string because, params string[] options) =>
        Rabbit.Run(["generate", "--model", _model.Folder, "--tokens", "1,2,3", .. options]).IsRefused(2, because);

    private string Tokens(params string[] options)
    {
        var outcome = Rabbit.Run(
            ["generate", "--model", _model.Folder, "--tokens", "1,2,3,4,5", "--max-tokens", "12", "--format", "json", .. options]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        return json.RootElement.GetProperty("tokens").GetRawText();
    }
}
