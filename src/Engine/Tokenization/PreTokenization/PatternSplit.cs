namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Cuts at the matches of a pattern.</summary>
/// <param name="pattern">What to look for.</param>
/// <param name="behavior">What becomes of the matches.</param>
/// <param name="invert">Treat what lies between matches as the matches, and the other way round.</param>
internal sealed class PatternSplit(IPattern pattern, SplitBehavior behavior, bool invert = false) : IPreTokenizer
{
    public PieceList Cut(PieceList pieces)
    {
        var cut = new PieceList(pieces.Text);
        var matches = new List<PieceRange>();
        foreach (var range in pieces.Ranges)
        {
            matches.Clear();
            pattern.Find(pieces.Text, range, matches);
            if (behavior == SplitBehavior.Isolated) Isolate(range, matches, cut);
            else Join(Alternate(range, matches), cut);
        }

        return cut;
    }

    private static void Isolate(PieceRange range, List<PieceRange> matches, PieceList cut)
    {
        var done = range.Start;
        foreach (var match in matches)
        {
            cut.Add(done, match.Start);
            cut.Add(match.Start, match.End);
            done = match.End;
        }

        cut.Add(done, range.End);
    }

    // The whole range, in order, as stretches that match and stretches that don't.
    private List<(PieceRange Range, bool IsMatch)> Alternate(PieceRange range, List<PieceRange> matches)
    {
        var stretches = new List<(PieceRange, bool)>();
        var done = range.Start;
        foreach (var match in matches)
        {
            if (match.Start > done) stretches.Add((new PieceRange(done, match.Start), invert));
            stretches.Add((match, !invert));
            done = match.End;
        }

        if (done < range.End) stretches.Add((new PieceRange(done, range.End), invert));
        return stretches;
    }

    private void Join(List<(PieceRange Range, bool IsMatch)> stretches, PieceList cut)
    {
        var start = -1;
        for (var i = 0; i < stretches.Count; i++)
        {
            var (range, isMatch) = stretches[i];
            if (behavior == SplitBehavior.Removed)
            {
                if (!isMatch) cut.Add(range.Start, range.End);
                continue;
            }

            if (start < 0) start = range.Start;
            if (i + 1 < stretches.Count && HoldTogether(isMatch, stretches[i + 1].IsMatch)) continue;
            cut.Add(start, range.End);
            start = -1;
        }
    }

    private bool HoldTogether(bool isMatch, bool nextIsMatch) => behavior switch
    {
        SplitBehavior.MergedWithPrevious => !isMatch && nextIsMatch,
        SplitBehavior.MergedWithNext => isMatch && !nextIsMatch,
        _ => isMatch == nextIsMatch,
    };
}
