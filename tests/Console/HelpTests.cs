namespace LlmRabbitHoles.CommandLine.Tests;

public sealed class HelpTests
{
    [Fact]
    public void HelpListsTheCommands()
    {
        var help = Rabbit.Run("--help");
        Assert.Equal(0, help.ExitCode);
        foreach (var command in new[]
        {
            "chat", "generate", "tokenize", "logits", "score", "eval", "run", "train", "corpus", "convert", "pull", "models", "doctor",
            "./rabbit test"
        })
            Assert.Contains(command, help.Output);
    }

    [Theory]
    [InlineData("generate")]
    [InlineData("chat")]
    [InlineData("tokenize")]
    [InlineData("logits")]
    [InlineData("score")]
    [InlineData("eval")]
    [InlineData("run")]
    [InlineData("corpus")]
    [InlineData("train")]
    [InlineData("convert")]
    [InlineData("pull")]
    [InlineData("models")]
    [InlineData("doctor")]
    [InlineData("journey")]
    [InlineData("jupyter")]
    [InlineData("kernel")]
    [InlineData("bench")]
    public void HelpOfACommandEndsWithExamples(string command)
    {
        var help = Rabbit.Run(command, "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Empty(help.Error);
        Assert.Contains("Examples:", help.Output);
        Assert.Contains("  ./rabbit", help.Output);
    }
}
