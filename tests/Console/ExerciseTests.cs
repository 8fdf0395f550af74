using System.Text.Json.Nodes;

namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>A reader lists the exercises, reads one, and has an answer checked.</summary>
[Collection(StartTests.OwnCopies)]
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
    public void AnExerciseIsShownWithItsQuestionItsStubAndWhereTheAnswerGoes() => InACopy("", copy =>
    {
        var shown = Rabbit.Run("exercise", "1.3.1", "--in", copy);
        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.StartsWith("1.3.1  Twice   (Embeddings)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("1. Twice. Double a number.", shown.Output, StringComparison.Ordinal);
        Assert.Contains("    Func<int, int>? twice = null;", shown.Output, StringComparison.Ordinal);
        Assert.Contains($"{copy}, in the cell that begins with 'Func<int, int>? twice'", shown.Output, StringComparison.Ordinal);
        Assert.Contains("./rabbit exercise 1.3.1 --check", shown.Output, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("", 1, "○ 1.3.1 Twice: no answer yet.")]
    [InlineData("x => x * x", 1, "✘ 1.3.1 Twice: f(3) gave 9, expected 6.\n  Hint: Add it to itself. (./rabbit exercise 1.3.1 --hints")]
    [InlineData("x => x + x", 0, "✔ 1.3.1 Twice: solved.")]
    [InlineData("x => nonsense", 1, "✘ 1.3.1 Twice: your answer does not run: (1,30): error CS0103")]
    public void AnAnswerIsChecked(string answer, int exitCode, string verdict) => InACopy(answer, copy =>
    {
        var outcome = Rabbit.Run("exercise", "1.3.1", "--check", "--in", copy, "--device", "cpu");
        Assert.Equal("", outcome.Error);
        Assert.StartsWith(verdict, outcome.Output, StringComparison.Ordinal);
        Assert.Equal(exitCode, outcome.ExitCode);
    });

    [Fact]
    public void AModeExcludesTheOthers()
    {
        var both = Rabbit.Run("exercise", "1.3.1", "--check", "--hints");
        Assert.Equal(2, both.ExitCode);
        Assert.Contains("--check and --hints exclude each other.", both.Error, StringComparison.Ordinal);
    }

    // Three folders deep as the original is not: only the #r line leads to the built library.
    private static void InACopy(string answer, Action<string> use)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Rabbit.Root, ".rabbit", $"exercise-{Guid.NewGuid():N}"));
        try
        {
            var copy = Path.Combine(folder.FullName, "mine.ipynb");
            File.WriteAllText(copy, Notebook(answer.Length == 0 ? "null" : answer).ToJsonString());
            use(copy);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonObject Notebook(string answer) => new()
    {
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
        ["metadata"] = new JsonObject(),
        ["cells"] = new JsonArray(
            Code("c1", "#r \"../../bin/LlmRabbitHoles.Lessons.dll\"\nusing LlmRabbitHoles.Lessons;"),
            new JsonObject
            {
                ["cell_type"] = "markdown", ["id"] = "q", ["metadata"] = new JsonObject(), ["source"] = "**1. Twice.** Double a number.",
            },
            Code("c2", $"Func<int, int>? twice = {answer};", "exercise"),
            Code("c3", "var check = Exercise.Of(\"1.3.1\", twice).Case(f => f(0), 0).Case(f => f(3), 6)\n" +
                "    .Hint(\"Add it to itself.\").Hint(\"x => 2 * x\");\ncheck", "check")),
    };

    private static JsonObject Code(string id, string source, params string[] tags) => new()
    {
        ["cell_type"] = "code", ["id"] = id, ["source"] = source, ["execution_count"] = null, ["outputs"] = new JsonArray(),
        ["metadata"] = new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) },
    };
}
