namespace LlmRabbitHoles.Lessons;

/// <summary>The tags in a cell's metadata that the series gives a meaning.</summary>
public static class LessonTags
{
    /// <summary>The cell shows timings or random values: only its numbers may differ between runs.</summary>
    public const string Varies = "varies";

    /// <summary>The numbers in this text are defined or agreed, not measured.</summary>
    public const string Given = "given";

    /// <summary>The cell with the claims that the text rests on, or with an exercise's check: folded until the reader opens it.</summary>
    public const string Check = "check";

    /// <summary>The cell where the reader writes the answer to an exercise in place of <c>null</c>; the text above it asks.</summary>
    public const string Exercise = "exercise";

    /// <summary>The cell that proves a check with a solution and wrong answers: folded, and absent from a reader's copy.</summary>
    public const string Solution = "solution";
}
