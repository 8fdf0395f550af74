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

    public void Find(string text, PieceRange stretch, List<PieceRange> matches)
    {
        for (var i = stretch.Start; i < stretch.End;)
        {
            var status = Rune.DecodeFromUtf16(text.AsSpan(i, stretch.End - i), out var rune, out var length);
            if (status == OperationStatus.Done && isKind(rune)) matches.Add(new PieceRange(i, i + length));
            i += length;
        }
    }

    private static bool IsUnicodePunctuation(Rune rune) => Rune.GetUnicodeCategory(rune)
        is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation;
}
