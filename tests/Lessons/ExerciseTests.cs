using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;

namespace LlmRabbitHoles.Lessons.Tests;

public sealed class ExerciseTests
{
    private static Exercise<Func<int, int>> Double(Func<int, int>? answer) =>
        Exercise.Of("2.1.1", answer).Case(f => f(0), 0).Case(f => f(3), 6).Hint("Add it to itself.").Hint("x => 2 * x");

    [Fact]
    public void TheStubIsNotAccepted()
    {
        var exercise = Double(null);
        Assert.Null(exercise.IsRight);
        Assert.Equal("○ Exercise 2.1.1: write your answer in place of null, then run that cell and this one. " +
            "Stuck? ./rabbit exercise 2.1.1 --hints", exercise.ToText());
    }

    [Fact]
    public void ARightAnswerIsToldHowManyCasesItPassed() =>
        Assert.Equal("✔ Exercise 2.1.1: right in all 2 cases.", Double(x => x + x).ToText());

    [Fact]
    public void AWrongAnswerIsToldTheCaseWhatCameAndWhatWasExpected()
    {
        var exercise = Double(x => x * x);
        Assert.False(exercise.IsRight);
        Assert.Equal("✘ Exercise 2.1.1: f(3) gave 9, expected 6. Hint: Add it to itself. " +
            "(./rabbit exercise 2.1.1 --hints has more, --solution a solution.)", exercise.ToText());
    }

    [Fact]
    public void AnAnswerThatThrowsIsToldWhatItThrew() =>
        Assert.StartsWith("✘ Exercise 2.1.1: f(0) threw InvalidOperationException (oops), expected 0.",
            Double(_ => throw new InvalidOperationException("oops\nmore")).ToText(), StringComparison.Ordinal);

    [Fact]
    public void TheSecondHintLiesWithinTheFirst()
    {
        var html = Double(x => x).ToHtml();
        Assert.True(html.IndexOf("Add it to itself.", StringComparison.Ordinal) < html.IndexOf("Another hint", StringComparison.Ordinal));
        Assert.DoesNotContain("</details><details>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ListsAreComparedItemByItemAndNumbersWithinABound()
    {
        Assert.True(Exercise.Of<Func<int[]>>("1", () => [1, 2]).Case(f => f(), [1, 2]).IsRight);
        Assert.Contains("f() gave [1, 3], expected [1, 2]",
            Exercise.Of<Func<int[]>>("1", () => [1, 3]).Case(f => f(), [1, 2]).ToText(), StringComparison.Ordinal);
        Assert.True(Exercise.Of<Func<double>>("1", () => 0.1 + 0.2).Case(f => f(), 0.3, within: 1e-9).IsRight);
        Assert.False(Exercise.Of<Func<double>>("1", () => 0.1 + 0.2).Case(f => f(), 0.3).IsRight);
        Assert.True(Exercise.Of("1", "abc").Case(text => text, "abc").IsRight);
        Assert.True(Exercise.Of<int?>("1", 3).Case(n => n, 3).IsRight);
    }

    [Fact]
    public void AnOpenExerciseSaysInWordsWhatIsRight() => Assert.Contains(
        "prompt.Length gave 2, expected more than 3 letters.",
        Exercise.Open("1.2.3", "ab").Case(prompt => prompt.Length, n => n > 3, "more than 3 letters").ToText(), StringComparison.Ordinal);

    [Fact]
    public void AProofListsWhatWrongAnswersWereTold() => Assert.Equal(
        """
        The check of exercise 2.1.1 accepts this solution and refuses 3 wrong answers:
          f(3) gave 3, expected 6.
          f(0) gave 6, expected 0.
          f(0) gave 3, expected 0.
        """, Double(null).Solved(x => 2 * x, x => x, x => 6, x => x + 3).ToText(), ignoreLineEndingDifferences: true);

    [Fact]
    public void ACheckThatProvesNothingIsAFaultOfTheNotebook()
    {
        Assert.Equal("The check of exercise 2.1.1 refuses the stored solution: f(3) gave 9, expected 6.",
            Fault(() => Double(null).Solved(x => 3 * x, x => x, x => 6, x => x + 3)));
        Assert.Equal("The check of exercise 2.1.1 accepts wrong answer 2.",
            Fault(() => Double(null).Solved(x => 2 * x, x => x, x => x + x, x => 0)));
        Assert.StartsWith("Exercise 2.1.1 stores 2 wrong answers", Fault(() => Double(null).Solved(x => 2 * x, x => x, x => 0)),
            StringComparison.Ordinal);
        Assert.StartsWith("Exercise 1 has no case", Fault(() => Exercise.Of("1", "").Solved("", "a", "b", "c")), StringComparison.Ordinal);
        Assert.StartsWith("Exercise 1 has 0 hints",
            Fault(() => Exercise.Of("1", "").Case(text => text, "").Solved("", "a", "b", "c")), StringComparison.Ordinal);
        static string Fault(Action act) => Assert.Throws<ClaimException>(act).Message;
    }

    [Fact]
    public void OutputsKeepVerdictAndProofForPrograms()
    {
        var record = LessonOutputs.Exercise(new ResultOutput(1, ValueFormatter.Format(Double(x => x)), []))!;
        Assert.Equal(("2.1.1", false, "f(3) gave 3, expected 6.", false), (record.Number, record.IsRight, record.Failure, record.IsOpen));
        Assert.Equal(["Add it to itself.", "x => 2 * x"], record.Hints);
        var proof = LessonOutputs.Proof(new ResultOutput(
            1, ValueFormatter.Format(Double(null).Solved(x => 2 * x, x => x, x => 6, x => x + 3)), []))!;
        Assert.Equal(("2.1.1", 3), (proof.Number, proof.Refusals.Count));
        Assert.Null(LessonOutputs.Exercise(new StreamOutput("stdout", "x")));
    }
}
