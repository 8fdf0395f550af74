using System.Numerics;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>Python's <c>value[start:stop:step]</c> and negative indexes.</summary>
internal static class Slice
{
    /// <summary>The places that a slice takes out of <paramref name="count"/> items, in order.</summary>
    /// <param name="count">How many items there are.</param>
    /// <param name="start">The first place; from the end where negative.</param>
    /// <param name="stop">The place behind the last one.</param>
    /// <param name="step">Not 0; backward where negative.</param>
    public static IEnumerable<int> Places(int count, BigInteger? start, BigInteger? stop, BigInteger step)
    {
        var forward = step.Sign > 0;
        var from = start is { } first ? Clamp(first, count, forward) : forward ? 0 : count - 1;
        var to = stop is { } last ? Clamp(last, count, forward) : forward ? count : -1;
        // A step beyond the items is as good as one just as long.
        var stride = (long)BigInteger.Clamp(step, -count - 1L, count + 1L);
        for (long i = from; forward ? i < to : i > to; i += stride) yield return (int)i;
    }

    /// <summary>The place of an index, which may count from the end; null outside of the range.</summary>
    public static int? Place(int count, long index)
    {
        if (index < 0) index += count;
        return index >= 0 && index < count ? (int)index : null;
    }

    private static long Clamp(BigInteger index, int count, bool forward)
    {
        if (index.Sign < 0) index += count;
        return (long)(forward ? BigInteger.Clamp(index, 0, count) : BigInteger.Clamp(index, -1, count - 1));
    }
}
