namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Splits at the matches of a pattern.</summary>
/// <param name="pattern">What to look for.</param>
/// <param name="behavior">What happens to the matches.</param>
/// <param name="invert">Treat what lies between matches as the matches, and the other way round.</param>
internal sealed class PatternSplit(IPattern pattern, SplitBehavior behavior, bool invert = false) : IPreTokenizer
{
    public PieceReceiver CutInto(PieceReceiver next) =>
        behavior == SplitBehavior.Isolated ? new Isolation(pattern, next) : new Junction(pattern, behavior, invert, next);

    /// <summary>Matches, and what lies between them, each as a piece of its own.</summary>
    private sealed class Isolation(IPattern pattern, PieceReceiver next) : PieceReceiver, IMatchReceiver
    {
        private int _done;

        public override bool Take(Piece piece)
        {
            _done = 0;
            return pattern.Find(piece, this) && Give(piece, piece.Text.Length);
        }

        public bool Match(Piece piece, int start, int end) => Give(piece, start) && Give(piece, end);

        private bool Give(Piece piece, int end)
        {
            var start = _done;
            _done = end;
            return end == start || next.Take(piece.Slice(start, end));
        }
    }

    /// <summary>Matches join their neighbours, or are left out.</summary>
    private sealed class Junction(IPattern pattern, SplitBehavior behavior, bool invert, PieceReceiver next) : PieceReceiver, IMatchReceiver
    {
        private (int Start, int End, bool IsMatch)? _held;
        private int _done;

        public override bool Take(Piece piece)
        {
            (_held, _done) = (null, 0);
            return pattern.Find(piece, this) && Between(piece, piece.Text.Length) && GiveHeld(piece);
        }

        public bool Match(Piece piece, int start, int end)
        {
            if (!Between(piece, start)) return false;
            _done = end;
            return Hold(piece, start, end, !invert);
        }

        private bool Between(Piece piece, int end) => end == _done || Hold(piece, _done, end, invert);

        // The stretch before is passed on once it is clear that this one doesn't join it.
        private bool Hold(Piece piece, int start, int end, bool isMatch)
        {
            if (_held is { } held && StayTogether(held.IsMatch, isMatch))
            {
                _held = (held.Start, end, isMatch);
                return true;
            }

            var goesOn = GiveHeld(piece);
            _held = (start, end, isMatch);
            return goesOn;
        }

        private bool GiveHeld(Piece piece) => _held is not { } held
            || held.End == held.Start
            || (behavior == SplitBehavior.Removed && held.IsMatch)
            || next.Take(piece.Slice(held.Start, held.End));

        private bool StayTogether(bool isMatch, bool nextIsMatch) => behavior switch
        {
            SplitBehavior.Removed => false,
            SplitBehavior.MergedWithPrevious => !isMatch && nextIsMatch,
            SplitBehavior.MergedWithNext => isMatch && !nextIsMatch,
            _ => isMatch == nextIsMatch,
        };
    }
}

/// <summary>What happens to the matches of a pattern; named as in tokenizer.json.</summary>
internal enum SplitBehavior
{
    /// <summary>Each match is a piece of its own.</summary>
    Isolated,

    /// <summary>Matches are left out.</summary>
    Removed,

    /// <summary>A match joins the piece before it.</summary>
    MergedWithPrevious,

    /// <summary>A match joins the piece after it.</summary>
    MergedWithNext,

    /// <summary>Neighbouring matches are one piece.</summary>
    Contiguous,
}
