using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Lessons;

/// <summary>Markdown that shows the numbers of a run: <c>{{kv-bytes-per-token}}</c> stands for the claim of that id.</summary>
/// <remarks>Code (in backticks or fences) and formulas (between dollars) are left alone: braces have other uses there.</remarks>
public static partial class ClaimText
{
    /// <summary>The Markdown with every placeholder replaced by its claim's value and unit; one without a claim stays as it is.</summary>
    /// <param name="markdown">The source of a Markdown cell.</param>
    /// <param name="claims">The claims of the notebook; of two with one id the first counts.</param>
    public static string Render(string markdown, IEnumerable<ClaimRecord> claims)
    {
        var texts = claims.DistinctBy(claim => claim.Id).ToDictionary(claim => claim.Id, claim => claim.Text);
        return Pieces().Replace(markdown, piece =>
            piece.Groups["id"] is { Success: true } id && texts.TryGetValue(id.Value, out var text) ? text : piece.Value);
    }

    /// <summary>The ids that the Markdown names, with the line (from 1) on which each stands.</summary>
    public static IEnumerable<(string Id, int Line)> Placeholders(string markdown) =>
        from piece in Pieces().Matches(markdown)
        where piece.Groups["id"].Success
        select (piece.Groups["id"].Value, 1 + markdown.AsSpan(0, piece.Index).Count('\n'));

    // What is matched first is stepped over whole: fences, code, formulas.
    [GeneratedRegex(
        @"(?m)^(?<fence>```+|~~~+)[\s\S]*?^\k<fence>|(?<!`)(?<ticks>`+)(?!`)[\s\S]+?(?<!`)\k<ticks>(?!`)" +
        @"|\$\$[\s\S]+?\$\$|\$[^$\n]+\$|\{\{(?<id>[a-z0-9]+(?:-[a-z0-9]+)*)\}\}",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pieces();
}
