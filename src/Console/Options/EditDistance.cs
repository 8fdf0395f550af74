namespace LlmRabbitHoles.CommandLine;

/// <summary>How far a mistyped word is from the one that was meant.</summary>
internal static class EditDistance
{
    /// <summary>Letters to insert, delete or replace to turn one word into the other (Levenshtein 1966).</summary>
    public static int Between(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[b.Length];
    }
}
