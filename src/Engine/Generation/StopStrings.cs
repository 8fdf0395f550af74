using System.Text;

namespace LlmRabbitHoles.Generation;

/// <summary>Lets text pass until a stop string is complete, holding back what may be the beginning of one.</summary>
/// <param name="stops">Strings at which the text ends.</param>
public sealed class StopStrings(IReadOnlyList<string> stops)
{
    private readonly StringBuilder _held = new();

    /// <summary>Whether a stop string was reached; then no more text passes.</summary>
    public bool Reached { get; private set; }

    /// <summary>Takes the next piece of text.</summary>
    /// <returns>What surely stands before any stop string.</returns>
    public string Add(string text)
    {
        if (Reached) return "";
        _held.Append(text);
        var all = _held.ToString();
        var end = FirstStop(all);
        Reached = end >= 0;
        var length = Reached ? end : all.Length - LongestBeginning(all);
        _held.Clear();
        if (!Reached) _held.Append(all, length, all.Length - length);
        return all[..length];
    }

    /// <summary>Gives up what was held back: the text has ended without a stop string.</summary>
    public string Flush()
    {
        var rest = _held.ToString();
        _held.Clear();
        return rest;
    }

    private int FirstStop(string text) => stops
        .Select(stop => text.IndexOf(stop, StringComparison.Ordinal))
        .Where(at => at >= 0).DefaultIfEmpty(-1).Min();

    private int LongestBeginning(string text) => stops.Select(stop => Overlap(text, stop)).DefaultIfEmpty(0).Max();

    private static int Overlap(string text, string stop)
    {
        for (var n = Math.Min(text.Length, stop.Length - 1); n > 0; n--)
            if (text.AsSpan(text.Length - n).SequenceEqual(stop.AsSpan(0, n)))
                return n;
        return 0;
    }
}
