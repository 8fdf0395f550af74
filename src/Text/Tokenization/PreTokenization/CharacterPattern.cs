using System.Buffers;
using System.Globalization;
using System.Text;

namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Matches single characters of one kind.</summary>
internal sealed class CharacterPattern(Func<Rune, bool> isKind) : IPattern
{
    /// <summary>Digits and other numbers: Nd, Nl, No.</summary>
    public static CharacterPattern Number { get; } = new(Rune.IsNumber);

    /// <summary>White space.</summary>
    public static CharacterPattern WhiteSpace { get; } = new(Rune.IsWhiteSpace);

    /// <summary>ASCII's printable signs, and Unicode's punctuation.</summary>
    public static CharacterPattern Punctuation { get; } = new(rune =>
        rune.IsAscii ? rune.Value is > ' ' and < 0x7F && !Rune.IsLetterOrDigit(rune) : IsUnicodePunctuation(rune));

    public bool Find(Piece piece, IMatchReceiver matches)
    {
        for (var i = 0; i < piece.Text.Length;)
        {
            var status = Rune.DecodeFromUtf16(piece.Text[i..], out var rune, out var length);
            if (status == OperationStatus.Done && isKind(rune) && !matches.Match(piece, i, i + length)) return false;
            i += length;
        }

        return true;
    }

    private static bool IsUnicodePunctuation(Rune rune) => Rune.GetUnicodeCategory(rune)
        is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation;
}
