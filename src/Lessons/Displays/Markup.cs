using System.Xml.Linq;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Builds HTML and SVG as a tree, so that every text is escaped and every tag is closed.</summary>
internal static class Markup
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>An HTML element. Attributes are XAttribute; null content is left out.</summary>
    public static XElement Html(string name, params object?[] content) => new(name, content);

    public static XAttribute Class(string names) => new("class", names);

    /// <summary>The outermost element of an HTML display, with the style sheet that it needs.</summary>
    public static XElement Display(string label, params object?[] content) =>
        Html("div", Class("rh"), new XAttribute("role", "figure"), new XAttribute("aria-label", VisibleText.Printable(label)),
            Html("style", StyleSheet.Html), content);

    public static string Write(XElement element)
    {
        foreach (var empty in element.DescendantsAndSelf().Where(IsClosedByHtmlOnlyWithATag))
            empty.Value = "";
        return element.ToString(SaveOptions.DisableFormatting);
    }

    // In HTML <span/> opens a span; only <br> and its like, and SVG's shapes, need no end tag.
    private static bool IsClosedByHtmlOnlyWithATag(XElement element) =>
        element.IsEmpty && element.Name.Namespace == XNamespace.None && element.Name.LocalName is not ("br" or "col" or "hr");
}
