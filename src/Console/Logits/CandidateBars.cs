using LlmRabbitHoles.Generation;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Candidates for the next token with their probabilities as bars.</summary>
internal static class CandidateBars
{
    private const int Width = 32;
    private const string Eighths = " ▏▎▍▌▋▊▉█";

    public static void Write(IAnsiConsole console, IReadOnlyList<Candidate> candidates, Func<int, string> pieceOf, string indent = "")
    {
        var pieces = candidates.Select(c => $"\"{ColouredTokens.Visible(pieceOf(c.Id))}\"").ToList();
        var widest = pieces.Max(p => p.Length);
        for (var i = 0; i < candidates.Count; i++)
        {
            var bar = $"[green]{Bar(candidates[i].Probability).EscapeMarkup()}[/]";
            console.MarkupLine($"{indent}{pieces[i].PadRight(widest).EscapeMarkup()}  {bar} {candidates[i].Probability,7:P1}");
        }
    }

    private static string Bar(double share)
    {
        var eighths = (int)Math.Round(share * Width * 8);
        var bar = new string('█', eighths / 8);
        if (eighths % 8 > 0) bar += Eighths[eighths % 8];
        return bar.PadRight(Width);
    }
}
