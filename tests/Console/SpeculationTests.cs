using System.Text.Json;

namespace LlmRabbitHoles.CommandLine.Tests;

public class SpeculationTests
{
    private static readonly string Models = Path.Combine(Rabbit.Root, "data", "models");

    [Fact]
    public void GuessesChangeNothingAndAreCounted()
    {
        using var plain = Generate();
        foreach (string[] options in new string[][]
        {
            ["--speculative", "draft", "--draft", Path.Combine(Models, "alice-draft"), "--draft-tokens", "3"], ["--speculative", "prompt"],
        })
        {
            using var guessed = Generate(options);
            Assert.Equal(plain.RootElement.GetProperty("tokens").GetRawText(), guessed.RootElement.GetProperty("tokens").GetRawText());
            Assert.Equal(JsonValueKind.Number, guessed.RootElement.GetProperty("speculation").GetProperty("kept").ValueKind);
        }
    }

    [Theory]
    [InlineData("--speculative draft needs --draft DIR", "--speculative", "draft")]
    [InlineData("--draft needs --speculative draft.", "--draft", "x")]
    [InlineData("--draft-tokens needs --speculative.", "--draft-tokens", "3")]
    [InlineData("--beams and --speculative exclude each other.", "--beams", "2", "--speculative", "prompt")]
    [InlineData("--draft-tokens is '65'; it must be from 1 to 64.", "--speculative", "prompt", "--draft-tokens", "65")]
    public void OptionsThatDoNotFitTogetherAreRefused(string because, params string[] options) =>
        Rabbit.Run(["generate", "--prompt", "One", .. options]).IsRefused(2, because);

    private static JsonDocument Generate(params string[] options)
    {
        var outcome = Rabbit.Run(
        [
            "generate", "--model", Path.Combine(Models, "alice"), "--prompt", "Once upon a time", "--max-tokens", "24",
            "--temperature", "0", "--format", "json", .. options,
        ]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return JsonDocument.Parse(outcome.Output);
    }
}
