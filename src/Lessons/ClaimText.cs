using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Lessons;

/// <summary>
/// Markdown whose numbers are tied to claims: <c>&lt;!--kv-bytes--&gt;3,072 bytes&lt;!--/--&gt;</c>. Every front end shows the number
/// and hides the comments around it.
/// </summary>
/// <remarks>Code (in backticks or fences) and formulas (between dollars) hold no marks: comments are visible there.</remarks>
public static partial class ClaimText
{
    /// <summary>The Markdown with the number of every claim between its marks. A mark without a claim keeps its text.</summary>
    /// <param name="markdown">The source of a Markdown cell.</param>
    /// <param name="claims">The claims of the notebook; if two share an id, the first is used.</param>
    public static string Render(string markdown, IEnumerable<ClaimRecord> claims) => Render(markdown, claims, claim => claim.Prose);

    /// <summary>The Markdown with what <paramref name="show"/> makes of every claim between its marks.</summary>
    /// <param name="markdown">The source of a Markdown cell.</param>
    /// <param name="claims">The claims of the notebook; if two share an id, the first is used.</param>
    /// <param name="show">The text or HTML for a claim.</param>
    public static string Render(string markdown, IEnumerable<ClaimRecord> claims, Func<ClaimRecord, string> show)
    {
        var known = claims.DistinctBy(claim => claim.Id).ToDictionary(claim => claim.Id);
        return Pieces().Replace(markdown, piece => piece.Groups["id"] is { Success: true } id && known.TryGetValue(id.Value, out var claim)
            ? $"<!--{id.Value}-->{show(claim)}<!--/-->"
            : piece.Value);
    }

    /// <summary>The marked numbers, top to bottom.</summary>
    public static IEnumerable<MarkedNumber> Marks(string markdown) =>
        from piece in Pieces().Matches(markdown)
        where piece.Groups["id"].Success
        select new MarkedNumber(
            piece.Groups["id"].Value, piece.Groups["text"].Value, 1 + markdown.AsSpan(0, piece.Index).Count('\n'),
            IsLineStart(markdown, piece.Index));

    private static bool IsLineStart(string markdown, int at) =>
        markdown.AsSpan(0, at) is var before && before[(before.LastIndexOf('\n') + 1)..].IsWhiteSpace();

    // The first alternatives match fences, code and formulas, which are skipped.
    [GeneratedRegex(
        @"(?m)^(?<fence>```+|~~~+)[\s\S]*?^\k<fence>|(?<!`)(?<ticks>`+)(?!`)[\s\S]+?(?<!`)\k<ticks>(?!`)" +
        @"|\$\$[\s\S]+?\$\$|\$[^$\n]+\$|<!--(?<id>[a-z0-9]+(?:-[a-z0-9]+)*)-->(?<text>[^<\n]*)<!--/-->",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pieces();
}

/// <summary>A number in the text that a claim owns.</summary>
/// <param name="Id">The claim's id.</param>
/// <param name="Text">What stands between the marks.</param>
/// <param name="Line">The line in the Markdown, counted from 1.</param>
/// <param name="BeginsLine">Whether it is the first thing of its line, where a comment makes Markdown take the line for raw HTML.</param>
public sealed record MarkedNumber(string Id, string Text, int Line, bool BeginsLine);
