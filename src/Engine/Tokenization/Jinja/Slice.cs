namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>Python's <c>value[start:stop:step]</c> and negative indexes.</summary>
internal static class Slice
{
    /// <summary>The places that a slice takes out of <paramref name="count"/> items, in order.</summary>
    public static IEnumerable<int> Places(int count, long? start, long? stop, long step)
    {
        var forward = step > 0;
        var from = start is { } first ? Clamp(first, count, forward) : forward ? 0 : count - 1;
        var to = stop is { } last ? Clamp(last, count, forward) : forward ? count : -1;
        for (long i = from; forward ? i < to : i > to; i += step) yield return (int)i;
    }

    /// <summary>The place of an index that may count from the end; null where there is none.</summary>
    public static int? Place(int count, long index)
    {
        if (index < 0) index += count;
        return index >= 0 && index < count ? (int)index : null;
    }

    private static long Clamp(long index, int count, bool forward)
    {
        if (index < 0) index += count;
        return forward ? Math.Clamp(index, 0, count) : Math.Clamp(index, -1, count - 1);
    }
}
