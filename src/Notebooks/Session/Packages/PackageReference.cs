using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Notebooks.Session.Packages;

/// <summary>A package that a cell asks for: <c>#r "nuget: Name, 1.2.3"</c>.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Version">A version or a range; <c>*</c> for the newest.</param>
internal sealed partial record PackageReference(string Name, string Version)
{
    /// <inheritdoc/>
    public override string ToString() => Version == "*" ? Name : $"{Name} {Version}";

    /// <summary>Whether the text between the quotes of a <c>#r</c> is meant to name a package, even if misspelled.</summary>
    public static bool IsPackage(string reference) => reference.TrimStart().StartsWith("nuget:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the text between the quotes of a <c>#r</c>.</summary>
    public static bool TryParse(string reference, [NotNullWhen(true)] out PackageReference? package)
    {
        var match = Form().Match(reference);
        package = match.Success
            ? new PackageReference(match.Groups["name"].Value, match.Groups["version"] is { Success: true } version ? version.Value : "*")
            : null;
        return package is not null;
    }

    // Neither a quote nor an angle bracket can get into the project file.
    [GeneratedRegex(@"^\s*nuget:\s*(?<name>[\w.-]+)\s*(,\s*(?<version>[\w.*+-]+|[\[(][\w.,*+\s-]+[\])])\s*)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
