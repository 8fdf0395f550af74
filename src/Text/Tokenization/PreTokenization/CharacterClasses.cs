using System.Globalization;
using System.Text;

namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>The four kinds of character that the published splitting patterns tell apart.</summary>
internal enum CharacterClass : byte
{
    /// <summary>All else: [^\s\p{L}\p{N}].</summary>
    Other,

    /// <summary>\p{L}</summary>
    Letter,

    /// <summary>\p{N}</summary>
    Number,

    /// <summary>\s</summary>
    Space,

    /// <summary>Half of a surrogate pair, whose class is that of the pair.</summary>
    Surrogate,
}

/// <summary>Looks up the class of characters: one byte for each UTF-16 unit.</summary>
internal static class CharacterClasses
{
    private static readonly CharacterClass[] OfUnit = [.. Enumerable.Range(0, 0x10000).Select(unit => Classify((char)unit))];

    /// <summary>The class of the character that starts at <paramref name="at"/>, and how many units it has: 1 or 2.</summary>
    public static CharacterClass At(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 1;
        var found = OfUnit[text[at]];
        return found == CharacterClass.Surrogate ? OfPair(text[at..], out length) : found;
    }

    private static CharacterClass OfPair(ReadOnlySpan<char> text, out int length)
    {
        Rune.DecodeFromUtf16(text, out var rune, out length);
        if (Rune.IsLetter(rune)) return CharacterClass.Letter;
        return Rune.IsNumber(rune) ? CharacterClass.Number : CharacterClass.Other;
    }

    private static CharacterClass Classify(char unit)
    {
        if (char.IsSurrogate(unit)) return CharacterClass.Surrogate;
        if (char.IsWhiteSpace(unit)) return CharacterClass.Space;
        return char.GetUnicodeCategory(unit) switch
        {
            <= UnicodeCategory.OtherLetter => CharacterClass.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterClass.Number,
            _ => CharacterClass.Other,
        };
    }
}
