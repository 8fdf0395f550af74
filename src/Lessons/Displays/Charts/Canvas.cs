using System.Globalization;
using System.Xml.Linq;

namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>A picture being drawn: shapes and texts in pixels, the origin at the top left.</summary>
/// <param name="width">In pixels; the picture shrinks with a narrower page.</param>
/// <param name="height">In pixels.</param>
/// <param name="title">What the picture is called, for readers who hear it.</param>
/// <param name="description">What the picture shows, in a sentence.</param>
internal sealed class Canvas(double width, double height, string title, string description)
{
    /// <summary>The page's text colour.</summary>
    public const string Ink = "currentColor";

    private const string Fonts = "system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif";

    private readonly List<XElement> _shapes = [];

    public double Width { get; } = width;

    public double Height { get; } = height;

    public void Line(double x1, double y1, double x2, double y2, string colour,
        double thickness = 1, double opacity = 1, string dash = "") =>
        Add("line", Number("x1", x1), Number("y1", y1), Number("x2", x2), Number("y2", y2), Stroke(colour, thickness, opacity, dash));

    // A path is SVG path data.
    public void Stroke(string path, string colour, double thickness = 1, double opacity = 1, string dash = "") =>
        Add("path", new XAttribute("d", path), new XAttribute("fill", "none"),
            new XAttribute("stroke-linejoin", "round"), Stroke(colour, thickness, opacity, dash));

    public void Fill(string path, string colour, double opacity = 1, string? hover = null) =>
        Add("path", new XAttribute("d", path), Paint(colour, opacity), Hover(hover));

    /// <summary>
    /// Fills a path that counts in units of its own: one is so many pixels wide and
    /// high. Edges stay sharp, so that neighbours show no seam.
    /// </summary>
    public void FillScaled(string path, double x, double y, double unitWidth, double unitHeight, string colour, double opacity) =>
        Add("path", new XAttribute("d", path), new XAttribute("transform",
            string.Create(CultureInfo.InvariantCulture, $"translate({x:0.##} {y:0.##})scale({unitWidth:0.####} {unitHeight:0.####})")),
            new XAttribute("shape-rendering", "crispEdges"), Paint(colour, opacity));

    public void Rectangle(double x, double y, double w, double h, string colour,
        double opacity = 1, double radius = 0, string? hover = null) =>
        Add("rect", Number("x", x), Number("y", y), Number("width", Math.Max(0, w)), Number("height", Math.Max(0, h)),
            radius > 0 ? Number("rx", radius) : null, Paint(colour, opacity), Hover(hover));

    public void Frame(double x, double y, double w, double h, string colour, double opacity, double radius = 0) =>
        Add("rect", Number("x", x), Number("y", y), Number("width", w), Number("height", h), radius > 0 ? Number("rx", radius) : null,
            new XAttribute("fill", "none"), Stroke(colour, 1, opacity, ""));

    public void Text(double x, double y, string text, TextStyle style)
    {
        if (text.Length == 0)
            return;
        Add("text", Number("x", x), Number("y", y), Number("font-size", style.Size),
            style.Anchor == Anchor.Start ? null : new XAttribute("text-anchor", style.Anchor == Anchor.Middle ? "middle" : "end"),
            style.Bold ? new XAttribute("font-weight", "600") : null,
            style.Turn == 0 ? null : new XAttribute("transform", $"rotate({F(style.Turn)} {F(x)} {F(y)})"),
            style.Mono ? new XAttribute("font-family", "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace") : null,
            Paint(style.Colour, style.Opacity), VisibleText.Printable(text), Hover(style.Hover));
    }

    public static string F(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>The picture as a complete document with its own background and colours.</summary>
    public XElement OnPaper()
    {
        var root = Root();
        root.Add(new XAttribute("class", "rh-svg"), new XAttribute("color", Palette.LightInk));
        root.Add(Svg("style", StyleSheet.Svg), Names(),
            Svg("rect", new XAttribute("class", "p"), Number("width", Width),
                Number("height", Height), Number("rx", 6), new XAttribute("fill", Palette.LightPaper)), _shapes);
        return root;
    }

    /// <summary>The picture as part of a page; it uses the page's text colour.</summary>
    public XElement OnPage()
    {
        var root = Root();
        root.Add(Names(), _shapes);
        return root;
    }

    private XElement Root() => Svg("svg",
        new XAttribute("viewBox", $"0 0 {F(Width)} {F(Height)}"), Number("width", Width), Number("height", Height),
        new XAttribute("style", "max-width:100%;height:auto"), new XAttribute("font-family", Fonts),
        new XAttribute("role", "img"), new XAttribute("aria-label", VisibleText.Printable($"{title}. {description}")));

    private object[] Names() => [Svg("title", VisibleText.Printable(title)), Svg("desc", VisibleText.Printable(description))];

    private void Add(string name, params object?[] content) => _shapes.Add(Svg(name, content));

    private static XElement Svg(string name, params object?[] content) => new(Markup.Svg + name, content);

    private static XAttribute Number(string name, double value) => new(name, F(value));

    private static object?[] Stroke(string colour, double thickness, double opacity, string dash) =>
    [
        new XAttribute("stroke", colour), thickness == 1 ? null : Number("stroke-width", thickness),
        opacity >= 1 ? null : new XAttribute("stroke-opacity", Opacity(opacity)),
        dash.Length == 0 ? null : new XAttribute("stroke-dasharray", dash),
    ];

    private static object?[] Paint(string colour, double opacity) =>
        [new XAttribute("fill", colour), opacity >= 1 ? null : new XAttribute("fill-opacity", Opacity(opacity))];

    private static XElement? Hover(string? text) => text is null ? null : Svg("title", VisibleText.Printable(text));

    private static string Opacity(double opacity) => opacity.ToString("0.##", CultureInfo.InvariantCulture);
}
