using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Book.Tests.Components;

/// <summary>A page of this repository's book with one of each component, as a cell's output becomes it; gone after the test.</summary>
internal sealed class PlayPage : IDisposable
{
    public const string Sentence = "The capital of Italy is";

    private static readonly Lazy<string> Body = new(Write);

    /// <summary>Alice as cells have her.</summary>
    public static LessonModel Alice { get; } = LessonModel.Load(Repository.Alice);

    public PlayPage(string book)
    {
        File = Path.Combine(book, "play-test.html");
        System.IO.File.WriteAllText(File, PageFrame.ToHtml("Play", "One of each component", 1, Body.Value));
    }

    public string File { get; }

    public void Dispose() => System.IO.File.Delete(File);

    private static string Write()
    {
        var guess = Cells.Predict("How many tokens does the sentence have?", 1, 20, "tokens");
        Displayable[] displays =
        [
            Alice,
            Cells.TokenBox(Alice, "unhappiness 42 🐇 <|end|>"),
            Cells.AttentionViewer(Alice, Sentence),
            Cells.SamplerBench(Alice, Sentence, " Rome"),
            guess,
            guess.Reveal(5),
            Cells.LensGrid(Alice, Sentence),
            Cells.CacheStepper(Alice, Sentence, 3),
            Cells.Roofline(new MachineLimits(60e9, 12e9),
                [new(1, 2e6, 4.1e6, 4e-4), new(16, 32e6, 4.2e6, 8e-4), new(64, 128e6, 4.5e6, 2.8e-3), new(256, 512e6, 6e6, 9e-3)]),
            Cells.ArrowPair(("a", new Vector(3, 1)), ("b", new Vector(1, 2))),
            Cells.Calibration(),
        ];
        return "<article><h1>Play</h1>" + string.Concat(displays.Select(display => "<div class=\"cell\"><div class=\"outputs\">" +
            OutputHtml.Of(new DisplayOutput(ValueFormatter.Format(display), [])) + "</div></div>")) + "</article>";
    }
}
