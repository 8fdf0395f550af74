using System.Text;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Estimates the width of a text. It assumes a wide font, so that the text fits in other fonts too.</summary>
internal static class TextMetrics
{
    /// <returns>The width in pixels at the font size.</returns>
    public static double Width(string text, double fontSize) => fontSize * text.EnumerateRunes().Sum(Em);

    /// <returns>The width in columns of a terminal: 2 for ideographs and emoji, 0 for combining marks.</returns>
    public static int Columns(string text) => text.EnumerateRunes().Sum(Columns);

    /// <summary>Cuts the text with an ellipsis so that it takes at most that many pixels.</summary>
    public static string Fit(string text, double fontSize, double pixels)
    {
        if (Width(text, fontSize) <= pixels)
            return text;
        var kept = text.EnumerateRunes().ToList();
        while (kept.Count > 0 && Width(string.Concat(kept) + "…", fontSize) > pixels)
            kept.RemoveAt(kept.Count - 1);
        return string.Concat(kept) + "…";
    }

    /// <summary>Breaks the text between words into lines that each take at most that many pixels where words allow it.</summary>
    public static List<string> Wrap(string text, double fontSize, double pixels)
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && Width(lines[^1] + " " + word, fontSize) <= pixels)
                lines[^1] += " " + word;
            else
                lines.Add(Fit(word, fontSize, pixels));
        }

        return lines;
    }

    private static double Em(Rune rune) => rune.Value switch
    {
        _ when Columns(rune) == 2 => 1.05,
        _ when Columns(rune) == 0 => 0,
        'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or 'I' or ' ' or '·' => 0.33,
        'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' or '/' or '"' => 0.42,
        'm' or 'w' or 'M' or 'W' or '@' or '%' or '—' or '…' => 0.97,
        '_' => 0.5,
        '<' or '>' or '=' or '+' or '×' or '±' => 0.84,
        >= 'A' and <= 'Z' => 0.73,
        _ => 0.63,
    };

    private static int Columns(Rune rune) => rune.Value switch
    {
        >= 0x300 and <= 0x36f or 0x200b or 0x200d or (>= 0xfe00 and <= 0xfe0f) => 0,
        >= 0x1100 and <= 0x115f or (>= 0x2e80 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff) => 2,
        >= 0xfe30 and <= 0xfe6f or (>= 0xff00 and <= 0xff60) or (>= 0x1f300 and <= 0x1faff) or (>= 0x20000 and <= 0x3fffd) => 2,
        _ => 1,
    };
}
