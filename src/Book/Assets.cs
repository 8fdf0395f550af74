using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Book;

/// <summary>The files that pages load: our style and script, and parts of each library.</summary>
internal static partial class Assets
{
    /// <summary>A text file embedded in this assembly.</summary>
    public static string Text(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream("Book/" + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The names of the embedded files that begin so, in order.</summary>
    public static IEnumerable<string> Names(string beginning) => typeof(Assets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("Book/" + beginning, StringComparison.Ordinal))
        .Select(name => name["Book/".Length..]).Order(StringComparer.Ordinal);

    public static void CopyTo(BookFolder folder, Libraries libraries)
    {
        folder.Write("assets/book.css", Text("book.css") + Text("alice-chat.css") + Lessons.Displays.StyleSheet.Html);
        folder.Write("assets/book.js", Text("book.js"));
        folder.Write("assets/components.js", Lessons.Displays.Components.ComponentScript.Text);
        folder.Copy(libraries.File("plotly.js-cartesian-dist-min", "plotly-cartesian.min.js"), "assets/plotly/plotly.min.js");
        CopyFormulas(folder, libraries);
        CopyFont(folder, libraries, "@fontsource-variable/literata", "literata-latin-wght-normal.woff2",
            "literata-latin-wght-italic.woff2");
        CopyFont(folder, libraries, "@fontsource-variable/jetbrains-mono", "jetbrains-mono-latin-wght-normal.woff2");
        CopyLicences(folder, libraries);
    }

    // Every browser of today reads woff2; the other two formats would be links to files that the book lacks.
    private static void CopyFormulas(BookFolder folder, Libraries libraries)
    {
        folder.Write(
            "assets/katex/katex.min.css", OlderFonts().Replace(File.ReadAllText(libraries.File("katex", "dist/katex.min.css")), ""));
        foreach (var font in Directory.EnumerateFiles(libraries.File("katex", "dist/fonts"), "*.woff2"))
            folder.Copy(font, "assets/katex/fonts/" + Path.GetFileName(font));
    }

    private static void CopyFont(BookFolder folder, Libraries libraries, string package, params string[] files)
    {
        foreach (var file in files)
            folder.Copy(libraries.File(package, "files/" + file), "assets/fonts/" + file);
    }

    private static void CopyLicences(BookFolder folder, Libraries libraries)
    {
        string[] packages =
        [
            "plotly.js-cartesian-dist-min", "katex", "highlight.js",
            "@fontsource-variable/literata", "@fontsource-variable/jetbrains-mono",
        ];
        foreach (var package in packages)
            folder.Copy(libraries.File(package, "LICENSE"), $"assets/licences/{package.Replace('/', '-').TrimStart('@')}.txt");
    }

    [GeneratedRegex(@",url\(fonts/[^)]+\.(woff|ttf)\) format\(""?(woff|truetype)""?\)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OlderFonts();
}
