using LlmRabbitHoles.Notebooks.Session.Formatting;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>A session's variables for its reader.</summary>
internal static class VariableList
{
    private const int ValueLength = 80;

    /// <summary>The first line of a value's text, shortened if it is long.</summary>
    public static string Beginning(object? value)
    {
        var text = PlainText.Of(ValueInspector.Inspect(value));
        var line = text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? text[..end] + " ..." : text;
        return line.Length > ValueLength ? line[..ValueLength] + " ..." : line;
    }
}
