using System.Buffers;

namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Puts a space before each piece that has none, so that a word at the start gets the token it has in mid-sentence.</summary>
internal sealed class PrefixSpace : IPreTokenizer
{
    public PieceReceiver CutInto(PieceReceiver next) => new Prefixer(next);

    private sealed class Prefixer(PieceReceiver next) : PieceReceiver
    {
        public override bool Take(Piece piece)
        {
            if (piece.Text[0] == ' ') return next.Take(piece);
            var rented = ArrayPool<char>.Shared.Rent(piece.Text.Length + 1);
            rented[0] = ' ';
            piece.Text.CopyTo(rented.AsSpan(1));
            var goesOn = next.Take(new Piece(rented.AsSpan(0, piece.Text.Length + 1), piece.Start, isPrefixed: true));
            ArrayPool<char>.Shared.Return(rented);
            return goesOn;
        }
    }
}
