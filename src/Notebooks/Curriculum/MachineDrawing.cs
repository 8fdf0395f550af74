using System.Globalization;
using System.Net;
using System.Text;

namespace LlmRabbitHoles.Notebooks.Tiers;

/// <summary>
/// The machine from a message to an answer in one drawing, with the parts lit that a hole is about. It is readable on light and dark pages.
/// </summary>
public static class MachineDrawing
{
    private const int Width = 1000, Height = 216, BoxHeight = 58, Top = 42, CacheTop = 138;

    // A page that holds the drawing has its own texts, links and scheme of colours; as a file the drawing follows the reader's scheme.
    private const string Style =
        "svg.machine:root{color-scheme:light dark}" +
        ".machine text{font:600 14px system-ui,sans-serif;fill:light-dark(#24292f,#e6edf3);text-anchor:middle}" +
        ".machine .small{font-weight:400;font-size:10.5px;fill:light-dark(#57606a,#9da7b1)}" +
        ".machine .box{fill:light-dark(#fff,#161b22);stroke:light-dark(#8c959f,#6e7681);stroke-width:1.2}" +
        ".machine .stack{fill:none;stroke:light-dark(#8c959f,#6e7681);stroke-dasharray:4 3}" +
        ".machine .tip{fill:light-dark(#8c959f,#6e7681)}" +
        ".machine .way{fill:none;stroke:light-dark(#8c959f,#6e7681);stroke-width:1.4;marker-end:url(#tip)}" +
        ".machine .lit .box{fill:#ffd33d;stroke:#9a6700;stroke-width:2.2}.machine .lit .way{stroke:#9a6700;stroke-width:3}" +
        ".machine .lit .stack{stroke:#9a6700;stroke-width:2.2;fill:#ffd33d33}.machine .lit text{fill:#24292f}" +
        ".machine .lit .on-page{fill:light-dark(#24292f,#ffd33d)}" +
        ".machine a:hover .box,.machine a:focus .box{stroke:#0969da;stroke-width:3}";

    private static readonly (MachinePart Part, int Left, int Top, int Width)[] Boxes =
    [
        (MachinePart.Text, 6, Top, 138),
        (MachinePart.Tokens, 166, Top, 120),
        (MachinePart.Vectors, 308, Top, 110),
        (MachinePart.Attention, 454, Top, 110),
        (MachinePart.FeedForward, 584, Top, 110),
        (MachinePart.Cache, 444, CacheTop, 130),
        (MachinePart.Scores, 730, Top, 120),
        (MachinePart.Sampling, 872, Top, 122),
    ];

    // From the right edge of a box to the left edge of the next.
    private static readonly (int From, int To)[] Ways =
        [(144, 166), (286, 308), (418, 454), (564, 584), (694, 730), (850, 872)];

    /// <summary>The drawing of a hole as SVG.</summary>
    /// <param name="hole">Its parts are lit.</param>
    /// <param name="linkTo">Where a part leads; null, or null for a part: nowhere.</param>
    public static string ToSvg(RabbitHole hole, Func<MachinePart, string?>? linkTo = null)
    {
        ArgumentNullException.ThrowIfNull(hole);
        return ToSvg(hole.Parts, linkTo);
    }

    /// <summary>The drawing as SVG.</summary>
    /// <param name="lit">The parts to light; <see cref="MachinePart.All"/> for the whole.</param>
    /// <param name="linkTo">Where a part leads; null, or null for a part: nowhere.</param>
    public static string ToSvg(IReadOnlyCollection<MachinePart> lit, Func<MachinePart, string?>? linkTo = null)
    {
        ArgumentNullException.ThrowIfNull(lit);
        var isWhole = lit.Count == MachinePart.All.Count;
        var said = isWhole ? "the whole machine" : string.Join(" and ", lit.Select(part => part.Label));
        var label = Escaped($"You are here: {said}. " +
            "The way: text, tokens, vectors, layers of attention and feed-forward with a cache, scores, sampling, and back to the tokens.");
        // A picture has no links inside; a group of links may.
        var role = linkTo is null ? "img" : "group";
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" class="machine" viewBox="0 0 {Width} {Height}" role="{role}" aria-label="{label}">
            <style>{Style}</style>
            <defs>
            <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9"
              markerUnits="userSpaceOnUse" orient="auto">
            <path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>

            """);
        foreach (var (from, to) in Ways)
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"way\" d=\"M{from} {Top + (BoxHeight / 2)}H{to - 1}\"/>\n");
        svg.Append("<path class=\"way\" d=\"M509 100V137\"/>\n");
        Part(svg, MachinePart.Layers, lit, linkTo,
            "<rect class=\"stack\" x=\"438\" y=\"14\" width=\"272\" height=\"98\" rx=\"10\"/>" +
            "<text class=\"on-page\" x=\"574\" y=\"32\">layers</text>");
        foreach (var (part, left, top, width) in Boxes)
            Part(svg, part, lit, linkTo, Box(part, left, top, width));
        Part(svg, MachinePart.Loop, lit, linkTo,
            "<path class=\"way\" d=\"M933 100V206H226V101\"/>" +
            "<text class=\"on-page\" x=\"326\" y=\"180\">append it and run again</text>" +
            "<text class=\"small on-page\" x=\"326\" y=\"196\">until the end token</text>");
        return svg.Append("</svg>\n").ToString();
    }

    private static string Box(MachinePart part, int left, int top, int width) => string.Create(CultureInfo.InvariantCulture,
        $"<rect class=\"box\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{BoxHeight}\" rx=\"7\"/>" +
        $"<text x=\"{left + (width / 2)}\" y=\"{top + 26}\">{part.Label}</text>" +
        $"<text class=\"small\" x=\"{left + (width / 2)}\" y=\"{top + 44}\">{part.Carries}</text>");

    private static void Part(
        StringBuilder svg, MachinePart part, IReadOnlyCollection<MachinePart> lit, Func<MachinePart, string?>? linkTo, string content)
    {
        var drawn = $"<g class=\"part{(lit.Contains(part) ? " lit" : "")}\">{content}</g>";
        svg.Append(linkTo?.Invoke(part) is { } address ? $"<a href=\"{Escaped(address)}\">{drawn}</a>" : drawn).Append('\n');
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
