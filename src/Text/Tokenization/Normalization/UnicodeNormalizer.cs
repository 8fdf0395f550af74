using System.Text;

namespace LlmRabbitHoles.Tokenization.Normalization;

/// <summary>The Unicode normalization forms NFC, NFD, NFKC and NFKD.</summary>
/// <param name="compose">Join letters and marks again after taking them apart (NFC, NFKC).</param>
/// <param name="compatibility">Also replace variants, ﬁ by fi (NFKC, NFKD).</param>
/// <remarks>Unicode Standard Annex 15; Hangul: the Unicode Standard, section 3.12.</remarks>
internal sealed class UnicodeNormalizer(bool compose, bool compatibility) : INormalizer
{
    private const int HangulFirst = 0xAC00, HangulCount = 11172, Leading = 0x1100, Vowel = 0x1161, Trailing = 0x11A7;
    private const int LeadingCount = 19, VowelCount = 21, TrailingCount = 28;

    private readonly UnicodeTables _tables = UnicodeTables.Shared;

    string INormalizer.Normalize(string text, int most) => Normalize(text);

    /// <summary>The text in this form.</summary>
    public string Normalize(string text)
    {
        if (IsNormal(text)) return text;
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes()) Decompose(rune.Value, points);
        SortMarks(points);
        if (compose) Compose(points);
        var result = new StringBuilder(points.Count);
        foreach (var point in points) result.Append(new Rune(point));
        return result.ToString();
    }

    // Most text is normal already; only code points that could change are worth the work.
    private bool IsNormal(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', compatibility || !compose ? '\x7F' : '\u02FF')) return true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii) continue;
            if (MayChange(rune.Value)) return false;
        }

        return true;
    }

    private bool MayChange(int point)
    {
        if (_tables.CombiningClass(point) != 0) return true;
        if (!compose) return IsHangulSyllable(point) || _tables.Decomposition(point, compatibility) is not null;
        if (_tables.ComposesBackwards(point) || point is >= Vowel and < Trailing + TrailingCount) return true;
        if (_tables.Decomposition(point, compatibility) is not { } parts) return false;
        return parts.Length != 2 || _tables.Composite(parts[0], parts[1]) != point || MayChange(parts[0]);
    }

    private void Decompose(int point, List<int> into)
    {
        if (IsHangulSyllable(point))
        {
            var index = point - HangulFirst;
            into.Add(Leading + (index / (VowelCount * TrailingCount)));
            into.Add(Vowel + (index % (VowelCount * TrailingCount) / TrailingCount));
            if (index % TrailingCount != 0) into.Add(Trailing + (index % TrailingCount));
        }
        else if (_tables.Decomposition(point, compatibility) is { } parts)
        {
            foreach (var part in parts) Decompose(part, into);
        }
        else
        {
            into.Add(point);
        }
    }

    // Marks after a letter sort by class; those of one class keep their order.
    private void SortMarks(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var mark = points[i];
            var order = _tables.CombiningClass(mark);
            if (order == 0) continue;
            var to = i;
            for (; to > 0 && _tables.CombiningClass(points[to - 1]) > order; to--) points[to] = points[to - 1];
            points[to] = mark;
        }
    }

    private void Compose(List<int> points)
    {
        var (kept, starter, lastClass) = (0, -1, 0);
        foreach (var point in points.ToArray())
        {
            int order = _tables.CombiningClass(point);
            // A mark reaches the letter only where no mark of its own class or a higher one stands between.
            var reaches = starter >= 0 && (starter == kept - 1 || (lastClass < order && lastClass != 0));
            if (reaches && Join(points[starter], point) is { } whole)
            {
                points[starter] = whole;
                continue;
            }

            if (order == 0) starter = kept;
            lastClass = order;
            points[kept++] = point;
        }

        points.RemoveRange(kept, points.Count - kept);
    }

    private int? Join(int first, int second)
    {
        if (first - Leading is >= 0 and < LeadingCount && second - Vowel is >= 0 and < VowelCount)
            return HangulFirst + ((((first - Leading) * VowelCount) + second - Vowel) * TrailingCount);
        if (IsHangulSyllable(first) && (first - HangulFirst) % TrailingCount == 0 && second - Trailing is > 0 and < TrailingCount)
            return first + second - Trailing;
        return _tables.Composite(first, second);
    }

    private static bool IsHangulSyllable(int point) => point - HangulFirst is >= 0 and < HangulCount;
}
