using System.Globalization;
using System.Text;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Tokens side by side: each piece on a colour of its own, or between bars where there is no colour.</summary>
internal static class ColouredTokens
{
    private static readonly string[] _colours = ["#a6cee3", "#fdbf6f", "#b2df8a", "#fb9a99", "#cab2d6", "#ffff99"];

    public static void Write(IAnsiConsole console, Tokenizer tokenizer, IReadOnlyList<int> ids)
    {
        if (console.Profile.Capabilities.ColorSystem == ColorSystem.NoColors)
            console.WriteLine(string.Join('|', ids.Select(id => Visible(tokenizer.Piece(id)))));
        else
            console.MarkupLine(string.Concat(
                ids.Select((id, i) => $"[black on {_colours[i % _colours.Length]}]{Visible(tokenizer.Piece(id)).EscapeMarkup()}[/]")));
    }

    /// <summary>Line breaks and other control characters as signs that can be seen.</summary>
    public static string Visible(string piece)
    {
        var visible = new StringBuilder(piece.Length);
        foreach (var c in piece)
        {
            visible.Append(c switch
            {
                '\n' => "⏎",
                '\t' => "→",
                _ when char.IsControl(c) => "\\x" + ((int)c).ToString("x2", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }
        return visible.ToString();
    }
}
