namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>Whole numbers between two bounds as a grammar of their digits.</summary>
internal static class DigitRanges
{
    /// <returns>Alternatives in GBNF.</returns>
    public static string Between(long least, long most)
    {
        var parts = new List<string>();
        if (least < 0) parts.AddRange(Positive(Math.Max(1, -most), -least).Select(part => $"\"-\" {part}"));
        if (most >= 0) parts.AddRange(Positive(Math.Max(0, least), most));
        return string.Join(" | ", parts);
    }

    // Numbers of one length after the other: 7 to 230 is 7 to 9, 10 to 99, 100 to 230.
    private static IEnumerable<string> Positive(long least, long most)
    {
        for (var low = least; low <= most;)
        {
            var high = Math.Min(most, LastOfLength(low));
            foreach (var part in SameLength($"{low}", $"{high}")) yield return part;
            low = high + 1;
        }
    }

    private static long LastOfLength(long number)
    {
        long last = 9;
        while (last < number) last = (last * 10) + 9;
        return last;
    }

    // 137 to 254 is 13[7-9], 1[4-9][0-9], 2[0-4][0-9], 25[0-4].
    private static IEnumerable<string> SameLength(string low, string high)
    {
        var rest = low.Length - 1;
        if (low.All(digit => digit == '0') && high.All(digit => digit == '9'))
        {
            yield return rest == 0 ? "[0-9]" : $"[0-9]{{{low.Length}}}";
            yield break;
        }
        if (rest == 0)
        {
            yield return low == high ? $"\"{low}\"" : $"[{low}-{high}]";
            yield break;
        }
        if (low[0] == high[0])
        {
            foreach (var part in SameLength(low[1..], high[1..])) yield return $"\"{low[0]}\" {part}";
            yield break;
        }
        var (first, last) = (low[0], high[0]);
        if (low[1..].Any(digit => digit != '0'))
        {
            foreach (var part in SameLength(low[1..], new string('9', rest))) yield return $"\"{first}\" {part}";
            first++;
        }
        var open = high[1..].Any(digit => digit != '9');
        if (open) last--;
        if (first <= last) yield return $"[{first}-{last}] [0-9]{{{rest}}}";
        if (!open) yield break;
        foreach (var part in SameLength(new string('0', rest), high[1..])) yield return $"\"{high[0]}\" {part}";
    }
}
