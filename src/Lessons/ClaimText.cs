using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Lessons;

/// <summary>Markdown that shows the numbers of a run: <c>{{kv-bytes-per-token}}</c> stands for the claim with that id.</summary>
/// <remarks>Code (in backticks or fences) and formulas (between dollars) stay unchanged: braces have other uses there.</remarks>
public static partial class ClaimText
{
    /// <summary>
    /// The Markdown with every placeholder replaced by its claim's value and
    /// unit. A placeholder without a claim stays unchanged.
    /// </summary>
    /// <param name="markdown">The source of a Markdown cell.</param>
    /// <param name="claims">The claims of the notebook; if two share an id, the first is used.</param>
    public static string Render(string markdown, IEnumerable<ClaimRecord> claims)
    {
        var texts = claims.DistinctBy(claim => claim.Id).ToDictionary(claim => claim.Id, claim => claim.Text);
        return Pieces().Replace(markdown, piece =>
            piece.Groups["id"] is { Success: true } id && texts.TryGetValue(id.Value, out var text) ? text : piece.Value);
    }

    /// <summary>The ids in the Markdown, each with its line, counted from 1.</summary>
    public static IEnumerable<(string Id, int Line)> Placeholders(string markdown) =>
        from piece in Pieces().Matches(markdown)
        where piece.Groups["id"].Success
        select (piece.Groups["id"].Value, 1 + markdown.AsSpan(0, piece.Index).Count('\n'));

    // The first alternatives match fences, code and formulas, which are skipped.
    [GeneratedRegex(
        @"(?m)^(?<fence>```+|~~~+)[\s\S]*?^\k<fence>|(?<!`)(?<ticks>`+)(?!`)[\s\S]+?(?<!`)\k<ticks>(?!`)" +
        @"|\$\$[\s\S]+?\$\$|\$[^$\n]+\$|\{\{(?<id>[a-z0-9]+(?:-[a-z0-9]+)*)\}\}",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pieces();
}
