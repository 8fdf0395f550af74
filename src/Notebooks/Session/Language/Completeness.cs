namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Whether a cell can run as it is. A console asks this when Enter is pressed.</summary>
/// <param name="Status">The answer.</param>
/// <param name="Indent">Blanks for the next line of an incomplete cell; empty otherwise.</param>
public sealed record Completeness(CompletenessStatus Status, string Indent);

/// <summary>The answers to the question whether a cell can be run.</summary>
public enum CompletenessStatus
{
    /// <summary>It parses.</summary>
    Complete,

    /// <summary>It could still become a cell that parses.</summary>
    Incomplete,

    /// <summary>Whatever follows, it will not parse.</summary>
    Invalid,
}
