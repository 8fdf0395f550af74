using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Notebooks.Checking;

/// <summary>Finds the prose of a Markdown text: not code, formulas, link targets or marked numbers.</summary>
internal static partial class Prose
{
    /// <summary>The text with everything else blanked out, every line where it was.</summary>
    public static string Of(string markdown) => NotProse().Replace(markdown, piece => Blank().Replace(piece.Value, " "));

    [GeneratedRegex(
        @"(?m)^(?<fence>```+|~~~+)[\s\S]*?^\k<fence>|(?<!`)(?<ticks>`+)(?!`)[\s\S]+?(?<!`)\k<ticks>(?!`)" +
        @"|\$\$[\s\S]+?\$\$|\$[^$\n]+\$|<!--[a-z0-9-]+-->[^<\n]*<!--/-->|\]\([^)\s]*\)|https?://\S+|<!--[\s\S]*?-->",
        RegexOptions.ExplicitCapture)]
    private static partial Regex NotProse();

    [GeneratedRegex(@"[^\n]")]
    private static partial Regex Blank();
}
