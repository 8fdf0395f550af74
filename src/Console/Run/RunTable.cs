using LlmRabbitHoles.Notebooks.Running;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>The result of a run: a row a notebook, then the sum.</summary>
internal static class RunTable
{
    public static void Write(IAnsiConsole console, RunReport report)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns(
                new TableColumn("notebook").NoWrap(), new TableColumn("cells").RightAligned(), new TableColumn("seconds").RightAligned(),
                new TableColumn("result"));
        foreach (var notebook in report.Notebooks)
        {
            table.AddRow(notebook.Path.EscapeMarkup(), $"{notebook.Cells.Count}", $"{notebook.Elapsed.TotalSeconds:0.0}",
                notebook.Error is { } error ? $"[red]{error.EscapeMarkup()}[/]" : "[green]ok[/]");
        }
        console.Write(table);
        console.WriteLine($"{report.Passed} passed, {report.Failed} failed");
    }

    /// <summary>Everything that a check found, and the way out.</summary>
    public static void WriteProblems(TextWriter writer, RunReport report)
    {
        foreach (var notebook in report.Notebooks.Where(notebook => notebook.Problems.Count > 0))
        {
            writer.WriteLine($"{notebook.Path}:");
            foreach (var problem in notebook.Problems) writer.WriteLine($"  {problem}");
            writer.WriteLine($"  After mending the text, ./rabbit run --update {notebook.Path} stores the outputs of a clean run.");
        }
    }
}
