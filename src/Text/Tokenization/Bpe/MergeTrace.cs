namespace LlmRabbitHoles.Tokenization;

/// <summary>How one word became tokens: from single bytes, merge by merge.</summary>
/// <param name="Word">The word.</param>
/// <param name="Start">The pieces before the first merge, one a byte.</param>
/// <param name="Steps">The merges in the order in which they were made.</param>
/// <param name="Tokens">The token ids at the end.</param>
public sealed record MergeTrace(string Word, IReadOnlyList<string> Start, IReadOnlyList<MergeStep> Steps, IReadOnlyList<int> Tokens)
{
    /// <summary>The pieces at the end, one a token.</summary>
    public IReadOnlyList<string> Pieces => Steps.Count == 0 ? Start : Steps[^1].Pieces;
}

/// <summary>One merge that was made.</summary>
/// <param name="Merge">The rule, with its rank.</param>
/// <param name="Left">The left piece as text.</param>
/// <param name="Right">The right piece as text.</param>
/// <param name="Pieces">The whole word's pieces after the merge.</param>
public sealed record MergeStep(Merge Merge, string Left, string Right, IReadOnlyList<string> Pieces);
