namespace LlmRabbitHoles.CommandLine.Tests;

public sealed class AverageTests : IDisposable
{
    private readonly MadeModel _model = new();

    private string Out => Path.Combine(_model.Folder, "mean");

    public void Dispose() => _model.Dispose();

    [Fact]
    public void AveragingAModelWithItselfChangesNoLogit()
    {
        var outcome = Rabbit.Run("average", "--model", _model.Folder, _model.Folder, "--out", Out);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Equal(Out, outcome.Output.Trim());
        Assert.Equal(Logits(_model.Folder), Logits(Out));
    }

    [Fact]
    public void AveragingOneModelIsRefused() =>
        Rabbit.Run("average", "--model", _model.Folder, "--out", Out).IsRefused(2, "a mean takes two or more");

    [Fact]
    public void AMissingModelIsRefused() =>
        Rabbit.Run("average", "--model", _model.Folder, Path.Combine(_model.Folder, "none"), "--out", Out)
            .IsRefused(1, "none' does not exist");

    private static string Logits(string folder)
    {
        var outcome = Rabbit.Run("logits", "--model", folder, "--prompt", "abc", "--format", "json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return outcome.Output;
    }
}
