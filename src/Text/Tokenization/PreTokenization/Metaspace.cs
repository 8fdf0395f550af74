using System.Buffers;

namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Writes spaces as ▁, puts one before the text, and may split before each.</summary>
/// <param name="replacement">What stands for a space.</param>
/// <param name="scheme">Where one is put before the text.</param>
/// <param name="split">Each is the start of a word.</param>
internal sealed class Metaspace(char replacement, PrependScheme scheme, bool split) : IPreTokenizer
{
    private readonly PatternSplit? _split =
        split ? new PatternSplit(new LiteralPattern(replacement.ToString()), SplitBehavior.MergedWithNext) : null;

    public PieceReceiver CutInto(PieceReceiver next) => new Marker(replacement, scheme, _split?.CutInto(next) ?? next);

    private sealed class Marker(char replacement, PrependScheme scheme, PieceReceiver next) : PieceReceiver
    {
        public override bool Take(Piece piece)
        {
            var prefix = piece.Text[0] != ' ' && piece.Text[0] != replacement
                && (scheme == PrependScheme.Always || (scheme == PrependScheme.First && piece.Start == 0)) ? 1 : 0;
            var rented = ArrayPool<char>.Shared.Rent(piece.Text.Length + prefix);
            var text = rented.AsSpan(0, piece.Text.Length + prefix);
            text[0] = replacement;
            piece.Text.Replace(text[prefix..], ' ', replacement);
            var goesOn = next.Take(new Piece(text, piece.Start, isPrefixed: prefix > 0));
            ArrayPool<char>.Shared.Return(rented);
            return goesOn;
        }
    }
}

/// <summary>Where ▁ is put before a text; named as in tokenizer.json.</summary>
internal enum PrependScheme
{
    /// <summary>Before every stretch between added tokens.</summary>
    Always,

    /// <summary>Only at the start of the text.</summary>
    First,

    /// <summary>Nowhere.</summary>
    Never,
}
