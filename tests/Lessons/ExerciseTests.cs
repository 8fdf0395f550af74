using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;

namespace LlmRabbitHoles.Lessons.Tests;

public sealed class ExerciseTests
{
    private static Exercise Check(Func<int, int>? answer, Func<int, int>? solution = null, params Func<int, int>[] wrong) =>
        Exercise.Check("double", answer, f => f(3) == 6 && f(0) == 0, solution ?? (x => 2 * x),
            wrong.Length > 0 ? wrong : [x => x, x => 6, x => x + 3]);

    [Fact]
    public void TheStubIsNotAccepted()
    {
        var exercise = Check(null);
        Assert.Null(exercise.IsRight);
        Assert.StartsWith("○ Exercise double: write your answer", exercise.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnswersAreToldApart()
    {
        Assert.True(Check(x => x + x).IsRight);
        Assert.False(Check(x => x).IsRight);
        Assert.False(Check(x => throw new InvalidOperationException("oops")).IsRight);
    }

    [Fact]
    public void ACheckThatRefusesTheSolutionIsAFault() =>
        Assert.Contains(
            "refuses the stored solution", Assert.Throws<ClaimException>(() => Check(null, x => 3 * x)).Message, StringComparison.Ordinal);

    [Fact]
    public void ACheckThatAcceptsAWrongAnswerIsAFault() =>
        Assert.Contains("accepts wrong answer 2", Assert.Throws<ClaimException>(
            () => Check(null, null, x => x, x => 2 * x, x => 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void FewerThanThreeWrongAnswersAreAFault() =>
        Assert.Contains("stores 2 wrong answers",
            Assert.Throws<ClaimException>(() => Check(null, null, x => x, x => 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void AnOutputKeepsTheVerdictForPrograms()
    {
        var record = LessonOutputs.Exercise(new ResultOutput(1, ValueFormatter.Format(Check(x => x)), []));
        Assert.Equal(new ExerciseRecord("double", false, 3), record);
        Assert.Null(LessonOutputs.Exercise(new StreamOutput("stdout", "x")));
    }
}
