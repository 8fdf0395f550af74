using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Tracing;

/// <summary>Patterns over the names of activations, such as <c>layers.*.output</c>.</summary>
internal static class ActivationNames
{
    /// <summary>Matches the names that fit one of the patterns; none: no name.</summary>
    /// <param name="patterns"><c>*</c> stands for one part of a path and <c>**</c> for any number of parts.</param>
    public static Regex Matching(IEnumerable<string> patterns)
    {
        var alternatives = patterns.Select(pattern => Regex.Escape(pattern)
            .Replace("\\*\\*", ".+", StringComparison.Ordinal).Replace("\\*", "[^.]+", StringComparison.Ordinal));
        return new Regex($"^(?:{string.Join('|', alternatives)})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }
}
