using System.Globalization;
using System.Text;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Makes invisible characters visible.</summary>
internal static class VisibleText
{
    /// <summary>A token's text with every space and break shown: "·" for a space, "⏎" for a new line, "⇥" for a tab.</summary>
    public static string Of(string text) =>
        Printable(text.Replace(' ', '·').Replace("\r\n", "⏎", StringComparison.Ordinal).Replace('\n', '⏎').Replace('\t', '⇥'));

    /// <summary>
    /// The text without characters that XML forbids: control characters become
    /// their pictures (␀, ␛), half surrogates "�".
    /// </summary>
    public static string Printable(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            result.Append(Picture(rune));
        return result.ToString();
    }

    /// <summary>The text, shortened to at most that many characters with an ellipsis.</summary>
    public static string Shortened(string text, int characters)
    {
        var whole = new StringInfo(text);
        return whole.LengthInTextElements <= characters ? text : whole.SubstringByTextElements(0, characters - 1) + "…";
    }

    private static string Picture(Rune rune) => rune.Value switch
    {
        '\n' or '\t' => rune.ToString(),
        < 0x20 => ((char)(0x2400 + rune.Value)).ToString(),
        0x7f => "␡",
        0xfffe or 0xffff => "�",
        _ => rune.ToString(),
    };
}
