namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>Sorting that keeps the order of what is equal, and lets a comparison throw what it throws.</summary>
internal static class Sorting
{
    /// <summary>Merges sorted halves; items are compared as Python does it, by less-than alone.</summary>
    /// <param name="items">Not changed.</param>
    /// <param name="compare">Below 0 where the first comes first; null where there is no order.</param>
    /// <param name="descending">The largest first; equal items keep their order all the same.</param>
    public static List<T> Stable<T>(IReadOnlyList<T> items, Func<T, T, int?> compare, bool descending = false)
    {
        T[] from = [.. items], to = new T[from.Length];
        for (var width = 1; width < from.Length; width *= 2)
        {
            for (var start = 0; start < from.Length; start += 2 * width) Merge(from, to, start, width, compare, descending);
            (from, to) = (to, from);
        }

        return [.. from];
    }

    private static void Merge<T>(T[] from, T[] to, int start, int width, Func<T, T, int?> compare, bool descending)
    {
        var (middle, end) = (Math.Min(start + width, from.Length), Math.Min(start + (2 * width), from.Length));
        var (left, right) = (start, middle);
        for (var i = start; i < end; i++)
        {
            var takeRight = right < end
                && (left == middle || (descending ? compare(from[left], from[right]) : compare(from[right], from[left])) < 0);
            to[i] = takeRight ? from[right++] : from[left++];
        }
    }
}
