using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.Notebooks.Checking.Template;

/// <summary>The shape that every notebook of the series has, so that a reader who knows one knows them all.</summary>
internal static class NotebookTemplate
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Where a notebook leaves the shape, each with the way back.</summary>
    /// <param name="ran">The notebook after a clean run.</param>
    /// <param name="elapsed">How long the run took.</param>
    /// <param name="series">The series that it belongs to.</param>
    /// <param name="hole">The hole that it is; null for one that the map does not have.</param>
    public static IEnumerable<string> Problems(Notebook ran, TimeSpan elapsed, Series series, RabbitHole? hole)
    {
        var problems = Headings.Problems(ran).Concat(CodeShape.Problems(ran)).Concat(ProseShape.Problems(ran))
            .Concat(TeachingParts.Problems(ran, hole is null ? null : series.Curriculum.NumberOf(hole)))
            .Concat(hole is null ? [] : Glosses.Problems(ran, series, hole));
        foreach (var problem in problems)
            yield return problem;
        if (elapsed > Longest)
            yield return $"The run took {elapsed.TotalSeconds:0} seconds; a notebook has at most {Longest.TotalSeconds:0}. Measure less.";
    }
}
