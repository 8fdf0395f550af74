namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>A reader lists the exercises, reads one, and has an answer checked.</summary>
public sealed class ExerciseTests
{
    [Fact]
    public void TheListHasEveryWrittenHole()
    {
        var list = Rabbit.Run("exercise", "--list");
        Assert.Equal((0, ""), (list.ExitCode, list.Error));
        var numbers = list.Output.TrimEnd('\n').Split('\n').Select(line => line.Split(' ')[0]).ToArray();
        Assert.Equal(["0", "1.1", "1.2", "1.3", "1.4"], numbers.Select(number => number[..number.LastIndexOf('.')]).Distinct());
        Assert.All(numbers.CountBy(number => number[..number.LastIndexOf('.')]), hole => Assert.True(hole.Value >= 3, hole.Key));
    }

    [Fact]
    public void AnExerciseIsShownWithItsQuestionItsStubAndWhereTheAnswerGoes()
    {
        var shown = Rabbit.Run("exercise", "1.3.1");
        Assert.Equal(0, shown.ExitCode);
        Assert.StartsWith("1.3.1  Cosine   (Embeddings)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Write the cosine of two vectors", shown.Output, StringComparison.Ordinal);
        Assert.Contains("    Func<double[], double[], double>? cosine = null;", shown.Output, StringComparison.Ordinal);
        Assert.Contains("./rabbit exercise 1.3.1 --check", shown.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("= null;", 1, "○ 1.3.1 Cosine: no answer yet.")]
    [InlineData("= (a, b) => 1;", 1, "✘ 1.3.1 Cosine: not yet.")]
    [InlineData("= (a, b) => a.All(x => x == 0) || b.All(x => x == 0) ? 0 : Cosine(a, b);", 0, "✔ 1.3.1 Cosine: solved.")]
    [InlineData("= (a, b) => nonsense;", 1, "✘ 1.3.1 Cosine: your answer does not run: (1,54): error CS0103")]
    public void AnAnswerIsChecked(string answer, int exitCode, string verdict)
    {
        // Beside the original, so that the #r lines lead to the built engine.
        var folder = Directory.CreateDirectory(Path.Combine(Rabbit.Root, ".rabbit", $"exercise-{Guid.NewGuid():N}"));
        try
        {
            var copy = Path.Combine(folder.FullName, "mine.ipynb");
            var original = File.ReadAllText(Path.Combine(Rabbit.Root, "notebooks", "tier1", "03-embeddings.ipynb"));
            File.WriteAllText(copy, original.Replace("cosine = null;", "cosine " + answer, StringComparison.Ordinal));
            var outcome = Rabbit.Run("exercise", "1.3.1", "--check", "--in", copy, "--device", "cpu");
            Assert.Equal("", outcome.Error);
            Assert.StartsWith(verdict, outcome.Output, StringComparison.Ordinal);
            Assert.Equal(exitCode, outcome.ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
