using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Lessons.Tests;

public class ProgressTests
{
    [Fact]
    public void ThePlainTextIsABarOfFortyWithItsFigures() => Assert.Equal(
        $"training ▕{new string('█', 10)}{new string('·', 30)}▏ 30 of 120 steps (25.0%)",
        Progress.Of("training", 30, 120, "steps").ToText());

    [Fact]
    public void TheHtmlSaysTheSameFigures()
    {
        var html = Progress.Of("training", 30, 120, "steps").ToHtml();
        Assert.Contains("30 of 120 steps (25.0%)", html);
        Assert.Contains("width:65px", html);   // a quarter of 260
    }

    [Theory]
    [InlineData(5, 4)]
    [InlineData(-1, 4)]
    [InlineData(0, 0)]
    public void AnImpossibleProgressIsRefused(double done, double of) =>
        Assert.StartsWith("'training' has done", Assert.Throws<ArgumentException>(() => Progress.Of("training", done, of)).Message);

    [Fact]
    public async Task ALoopDrawsItsBarAsItGoes()
    {
        using var session = new CSharpSession();
        var run = await CellRun.Of(session, """
            using LlmRabbitHoles.Lessons.Displays;
            foreach (var i in Progress.Over(new[] { 1, 2 }, "reading")) Console.Write(i);
            """, TestContext.Current.CancellationToken);
        Assert.Equal($"reading ▕1{new string('█', 20)}2{new string('█', 20)}▏ 2 of 2\n",
            string.Concat(run.Outputs.OfType<LlmRabbitHoles.Notebooks.Documents.StreamOutput>().Select(stream => stream.Text)));
    }
}
