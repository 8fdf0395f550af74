using System.Text.RegularExpressions;
using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>
/// Tests predictions with wrong guesses. After a run, the cells that ask run again with a number in place of <c>null</c>, and those that
/// score run again and must call it wrong. Their outputs are checked and not kept.
/// </summary>
/// <param name="cells">The code cells that ran.</param>
/// <param name="ran">Their reports.</param>
internal sealed partial class WrongGuesses(IReadOnlyList<CodeCell> cells, IReadOnlyList<CellReport> ran)
{
    private const string Guess = "-987654321";

    /// <param name="runAsync">Runs code in the kernel of the notebook; the first argument is a new id.</param>
    /// <returns>The problem; null when every wrong guess was scored as wrong.</returns>
    public async Task<string?> FeedAsync(Func<string, string, Task<IReadOnlyList<CellOutput>>> runAsync)
    {
        foreach (var (index, cell) in cells.Index().Where(one => one.Item.Tags.Contains(LessonTags.Prediction)))
        {
            if (!NoGuess().IsMatch(cell.Source))
                return $"Cell {index + 1} is tagged '{LessonTags.Prediction}' and has no '= null;' where a guess goes.";
            var outputs = await runAsync($"guess-{index + 1}", NoGuess().Replace(cell.Source, $"= {Guess};"));
            if (NotebookRun.ErrorLine(outputs) is { } error)
                return $"Cell {index + 1}, with a wrong guess in it: {error}";
        }

        foreach (var report in ran.Where(report => report.Outputs.Any(output => LessonOutputs.Prediction(output) is not null)))
        {
            var outputs = await runAsync($"score-{report.Number}", cells[report.Number - 1].Source);
            if (NotebookRun.ErrorLine(outputs) is { } error)
                return $"Cell {report.Number}, scoring a wrong guess: {error}";
            if (outputs.Select(LessonOutputs.Prediction).FirstOrDefault(score => score is { IsClose: not false }) is { } score)
                return $"Cell {report.Number} scores the wrong guess {Guess} about '{score.About}' as " +
                    $"{(score.IsClose is null ? "no guess" : "right")}. " +
                    $"The guess must be asked for in a cell tagged '{LessonTags.Prediction}' and reach Prediction.Score.";
        }

        return null;
    }

    [GeneratedRegex(@"=\s*null\s*;")]
    private static partial Regex NoGuess();
}
