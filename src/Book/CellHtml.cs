using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Book;

/// <summary>A code cell with its outputs. Code that reveals the answer of an exercise is folded, and so is a cell of claims.</summary>
internal static class CellHtml
{
    public static string Of(CodeCell cell, Chapter chapter, Typesetter typesetter)
    {
        var count = cell.ExecutionCount is { } n ? $"<span class=\"count\" aria-hidden=\"true\">{n}</span>" : "";
        var code = $"<div class=\"source\">{count}<pre class=\"code\"><code>" +
            $"{typesetter.Code(cell.Source, "csharp", $"'{chapter.Hole.Notebook}', cell {cell.Id}")}</code></pre></div>";
        var isExercise = cell.Outputs.Any(output => LessonOutputs.Exercise(output) is not null);
        if (isExercise)
            code = Folded("solution", "The check", code);
        var outputs = Html.Join(cell.Outputs.Select(OutputHtml.Of));
        var whole = $"{code}{(outputs.Length > 0 ? $"<div class=\"outputs\">{outputs}</div>" : "")}";
        if (cell.Tags.Contains(LessonTags.Solution))
            whole = Folded("solution", "A solution, and wrong answers", whole);
        else if (cell.Tags.Contains(LessonTags.Check) && !isExercise)
            whole = Folded("check", "What the text rests on", whole);
        return $"<div class=\"cell\" id=\"{Html.Escape(cell.Id)}\">{whole}</div>\n";
    }

    private static string Folded(string kind, string summary, string content) =>
        $"<details class=\"{kind}\"><summary>{summary}</summary>{content}</details>";
}
