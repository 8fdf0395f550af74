using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Lessons.Displays.Components;

/// <summary>The script of all components: classic, without imports, the files beside this one as they are.</summary>
/// <remarks>A notebook gets it once, with the display of its model; a page of the book loads it; the extension packs it.</remarks>
internal static partial class ComponentScript
{
    private const string Folder = "Components/", Shared = "component.js";

    private static readonly Lazy<string> Joined = new(
        () => $"(() => {{\n\"use strict\";\n{string.Join('\n', Files().Select(Read))}}})();\n");

    /// <summary>The whole script, which may run twice.</summary>
    public static string Text => Joined.Value;

    /// <summary>The script as a notebook's HTML carries it: without the comments that give its types.</summary>
    public static string Html => $"<script data-rabbit=\"components\">{TypeComment().Replace(Text, "")}</script>";

    private static IEnumerable<string> Files() => typeof(ComponentScript).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .OrderBy(name => name != Folder + Shared).ThenBy(name => name, StringComparer.Ordinal);

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ComponentScript).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    // Strings hold none of them; a cast's comment goes too, and its parentheses stay.
    [GeneratedRegex(@"/\*\*[\s\S]*?\*/")]
    private static partial Regex TypeComment();
}
