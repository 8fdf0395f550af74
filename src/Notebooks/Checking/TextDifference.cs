using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Notebooks.Checking;

/// <summary>The first place where two texts of an output differ.</summary>
/// <param name="Stored">The line of the stored text, shortened.</param>
/// <param name="Fresh">The line of the fresh one.</param>
internal sealed partial record TextDifference(string Stored, string Fresh)
{
    private const int Width = 100;

    /// <summary>The first difference; null when the texts are the same.</summary>
    /// <param name="stored">The text in the notebook.</param>
    /// <param name="fresh">The text of a fresh run.</param>
    /// <param name="varies">True where numbers may differ: then only the words and their order count.</param>
    public static TextDifference? Between(string stored, string fresh, bool varies)
    {
        if (stored == fresh)
            return null;
        var (a, b) = (OutputToken.Read(Prepared(stored, varies)), OutputToken.Read(Prepared(fresh, varies)));
        var at = 0;
        while (at < a.Count && at < b.Count && (a[at].IsAlike(b[at]) || (varies && IsNumber(a[at]) && IsNumber(b[at]))))
            at++;
        return at == a.Count && at == b.Count ? null : new TextDifference(LineOf(stored, a, at), LineOf(fresh, b, at));
    }

    private static bool IsNumber(OutputToken token) => token.Number is not null;

    // A time may come in another unit, and the place where the engine computes is the machine's.
    private static string Prepared(string text, bool varies) =>
        Device().Replace(varies ? TimeUnit().Replace(text, "${number} ms") : text, "cpu");

    private static string LineOf(string text, IReadOnlyList<OutputToken> tokens, int at)
    {
        if (tokens.Count == 0)
            return "(nothing)";
        var line = text.Split('\n')[tokens[Math.Min(at, tokens.Count - 1)].Line - 1].Trim();
        var shown = line.Length <= Width ? line : line[..Width] + "…";
        return at < tokens.Count ? shown : shown + " (ends here)";
    }

    [GeneratedRegex(@"(?<number>\d) (?:ns|µs|ms|s|min|h)\b")]
    private static partial Regex TimeUnit();

    [GeneratedRegex(@"\b(?:cuda(?::\d+)?|cpu)\b")]
    private static partial Regex Device();
}
