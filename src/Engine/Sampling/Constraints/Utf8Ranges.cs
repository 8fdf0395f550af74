using System.Text;

namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>Ranges of characters as ranges of the bytes that UTF-8 writes them with.</summary>
/// <remarks>Cox 2010, "Regular expression matching in the wild", https://swtch.com/~rsc/regexp/regexp3.html.</remarks>
internal static class Utf8Ranges
{
    private const int Last = 0x10FFFF;
    private static readonly int[] LastOfLength = [0x7F, 0x7FF, 0xFFFF];

    /// <summary>Every character that is not in these ranges.</summary>
    public static IEnumerable<(int Low, int High)> Others(IEnumerable<(int Low, int High)> ranges)
    {
        var next = 0;
        foreach (var (low, high) in ranges.Order())
        {
            if (low > next) yield return (next, low - 1);
            next = Math.Max(next, high + 1);
        }
        if (next <= Last) yield return (next, Last);
    }

    /// <summary>The byte sequences of a range of characters; surrogates have none.</summary>
    public static IEnumerable<GrammarElement[]> Of(int low, int high)
    {
        if (low > high) yield break;
        if (Cut(low, high) is var (end, next))
        {
            foreach (var part in Of(low, end).Concat(Of(next, high))) yield return part;
            yield break;
        }
        var (first, last) = (Bytes(low), Bytes(high));
        yield return [.. first.Zip(last, GrammarElement.Bytes)];
    }

    /// <summary>Where a range must be cut so that each part is one product of byte ranges; null where it is one.</summary>
    private static (int End, int Next)? Cut(int low, int high)
    {
        if (low <= 0xDFFF && high >= 0xD800) return (0xD7FF, 0xE000);
        foreach (var last in LastOfLength)
            if (low <= last && last < high)
                return (last, last + 1);
        if (high <= 0x7F) return null;
        for (var bits = 6; bits <= 18; bits += 6)
        {
            var mask = (1 << bits) - 1;
            if ((low & ~mask) == (high & ~mask)) continue;
            if ((low & mask) != 0) return (low | mask, (low | mask) + 1);
            if ((high & mask) != mask) return ((high & ~mask) - 1, high & ~mask);
        }
        return null;
    }

    private static byte[] Bytes(int character) => Encoding.UTF8.GetBytes(char.ConvertFromUtf32(character));
}
