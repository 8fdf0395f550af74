using LlmRabbitHoles.Lessons;
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
        if (IsSolution(cell))
            code = $"<details class=\"solution\"><summary>The check and the solution</summary>{code}</details>";
        var outputs = Html.Join(cell.Outputs.Select(OutputHtml.Of));
        var whole = $"{code}{(outputs.Length > 0 ? $"<div class=\"outputs\">{outputs}</div>" : "")}";
        if (cell.Tags.Contains(LessonTags.Check))
            whole = $"<details class=\"check\"><summary>What the text rests on</summary>{whole}</details>";
        return $"<div class=\"cell\" id=\"{Html.Escape(cell.Id)}\">{whole}</div>\n";
    }

    /// <summary>A cell holds the answer of an exercise when it passes one to a check or has the solution tag.</summary>
    private static bool IsSolution(CodeCell cell) =>
        cell.Source.Contains("solution:", StringComparison.Ordinal)
        || cell.Tags.Contains(LessonTags.Solution);
}
