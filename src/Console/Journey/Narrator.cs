using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Sets the steps of a journey on the page: numbered, timed, explained.</summary>
/// <param name="console">Where; colour only if it has any.</param>
internal sealed class Narrator(IAnsiConsole console)
{
    private const int TimeColumn = 64;
    private int _step;

    public void Title(string title, string subtitle)
    {
        console.MarkupLine($"[bold]{title.EscapeMarkup()}[/]");
        console.MarkupLine($"[grey]{subtitle.EscapeMarkup()}[/]");
    }

    /// <summary>Begins a step: its number, name and time, then what happens in it.</summary>
    public void Step(string name, TimeSpan? elapsed, string explanation)
    {
        _step++;
        var heading = elapsed is { } t
            ? $"[bold]{name.PadRight(TimeColumn).EscapeMarkup()}[/][cyan]{$"{t.TotalMilliseconds:0.0} ms",10}[/]"
            : $"[bold]{name.EscapeMarkup()}[/]";
        console.WriteLine();
        console.MarkupLine($"[bold yellow]{_step}[/]  {heading}");
        Indented($"[grey]{explanation.EscapeMarkup()}[/]");
    }

    public void Line(string text) => Indented(text.EscapeMarkup());

    public void Quote(string text) => Indented($"[green]{ColouredTokens.Visible(text).EscapeMarkup()}[/]");

    /// <summary>What to try after the journey.</summary>
    public void Next(params (string Command, string What)[] suggestions)
    {
        console.WriteLine();
        console.MarkupLine("[bold]Next[/]");
        var widest = suggestions.Max(s => s.Command.Length);
        foreach (var (command, what) in suggestions)
            console.MarkupLine($"   [yellow]{command.PadRight(widest).EscapeMarkup()}[/]  [grey]{what.EscapeMarkup()}[/]");
    }

    /// <summary>Under the step's name, also where the line is broken.</summary>
    private void Indented(string markup) => console.Write(new Padder(new Markup(markup), new Padding(3, 0, 0, 0)));
}
