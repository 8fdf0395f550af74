using LlmRabbitHoles.Notebooks.Displays;
using LlmRabbitHoles.Notebooks.Session.Formatting;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>A session's variables for its reader.</summary>
internal static class VariableList
{
    private const int ValueLength = 80;

    /// <summary>Only the names, on one line.</summary>
    public static string Names(IReadOnlyList<SessionVariable> variables) => $"{string.Join("  ", variables.Select(variable => variable.Name))}\n";

    /// <summary>Names, types and the beginnings of the values.</summary>
    public static Table Values(IReadOnlyList<SessionVariable> variables) =>
        variables.Aggregate(new Table("name", "type", "value"), (table, variable) => table.Row(variable.Name, variable.Type, Beginning(variable.Value)));

    private static string Beginning(object? value)
    {
        var text = PlainText.Of(ValueInspector.Inspect(value));
        var line = text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? text[..end] + " ..." : text;
        return line.Length > ValueLength ? line[..ValueLength] + " ..." : line;
    }
}
