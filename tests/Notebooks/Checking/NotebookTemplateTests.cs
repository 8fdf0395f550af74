using System.Text.Json.Nodes;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Lessons.Displays.Components;
using LlmRabbitHoles.Notebooks.Checking.Template;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;
using LlmRabbitHoles.Notebooks.Tiers;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>A small notebook keeps the template, and one change at a time breaks one rule.</summary>
public sealed class NotebookTemplateTests
{
    private static readonly Series Rabbit = Series.Of(Path.Combine(Repository.Root, "notebooks", "tier1", "02-tokens.ipynb"))!;

    [Fact]
    public void AGoodNotebookHasNoProblem() => Assert.Empty(ProblemsOf(_ => { }));

    public static TheoryData<string, string> Broken => new()
    {
        { "two titles", "must begin with one title" },
        { "no play heading", "The headings are" },
        { "a deep heading", "'### More' is too deep" },
        { "a wide line", "Cell 'claim', line 1, has 89 columns" },
        { "a long cell", "Cell 'figure' has 11 lines" },
        { "a silent cell", "Cell 'figure' shows nothing" },
        { "many words", "a notebook has at most 1,800" },
        { "a figure without a sentence", "below the figure of cell 'figure'" },
        { "no guess", "The reader guesses nothing" },
        { "nothing to move", "The reader can move nothing" },
        { "no control", "The claim 'near' has no control" },
        { "open claims", "7 claims stand open" },
        { "two exercises", "The notebook has 2 exercises" },
        { "no open exercise", "No exercise is open" },
        { "a wrong number", "The exercise '1.2.9' is 1.2.3 by its place" },
        { "a later word", "'rotary' is used before its hole" },
        { "a slow run", "The run took 61 seconds" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void EachRuleFindsItsFault(string fault, string problem)
    {
        var found = ProblemsOf(notebook => Break(notebook, fault), fault == "a slow run" ? 61 : 60);
        Assert.Contains(problem, Assert.Single(found), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Positions are rotary (turned by their place).")]
    [InlineData("Positions are *rotary*: they turn.")]
    [InlineData("See [rotary positions](x.ipynb), and `rotary`.")]
    public void AGlossOrALinkPreparesALaterWord(string sentence) =>
        Assert.Empty(ProblemsOf(notebook => notebook.Cells.Insert(2, Text("word", sentence))));

    [Fact]
    public void ALaterWordIsFreeInDeeper() =>
        Assert.Empty(ProblemsOf(notebook => notebook.Cells[^1].Source += "\n\nPositions are rotary."));

    [Fact]
    public void OnlyNotebooksOfTheSeriesBelongToIt()
    {
        Assert.Null(Series.Of(Path.Combine(Repository.Root, "my", "tier1", "02-tokens.ipynb")));
        Assert.Equal("tokens", Rabbit.HoleOf(Path.Combine(Repository.Root, "notebooks", "tier1", "02-tokens.ipynb"))?.Id);
        Assert.Null(Rabbit.HoleOf(Path.Combine(Repository.Root, "notebooks", "tier1", "other.ipynb")));
    }

    private static List<string> ProblemsOf(Action<Notebook> change, double seconds = 60)
    {
        var notebook = Good();
        change(notebook);
        return [.. NotebookTemplate.Problems(notebook, TimeSpan.FromSeconds(seconds), Rabbit, Rabbit.Curriculum["tokens"])];
    }

    private static void Break(Notebook notebook, string fault)
    {
        CodeCell Code(string id) => notebook.CodeCells.Single(cell => cell.Id == id);
        switch (fault)
        {
            case "two titles": notebook.Cells.Add(Text("t2", "# Again")); break;
            case "no play heading": notebook.Cells.Remove(notebook.Cells.Single(cell => cell.Source == "## Play")); break;
            case "a deep heading": notebook.Cells[0].Source += "\n\n### More"; break;
            case "a wide line": Code("claim").Source = new string('x', 89); break;
            case "a long cell": Code("figure").Source = string.Join("\n\n", Enumerable.Repeat("x", 11)); break;
            case "a silent cell": Code("figure").Outputs.Clear(); break;
            case "many words": notebook.Cells[0].Source += string.Concat(Enumerable.Repeat(" word", 1800)); break;
            case "a figure without a sentence": notebook.Cells[notebook.Cells.IndexOf(Code("figure")) + 1].Source = "It rises."; break;
            case "no guess": Code("predict").Outputs[0] = Shown("a guess"); break;
            case "nothing to move": Code("play").Outputs[0] = Shown("a picture"); break;
            case "no control": Code("claim").Outputs[0] = Shown(Claim.That("near", 0.7, within: (0.5, 1))); break;
            case "open claims":
                for (var n = 0; n < 6; n++)
                    Code("claim").Outputs.Add(Shown(Claim.That($"more {n}", 1, within: (0, 2), control: ("nothing", 5))));
                break;
            case "two exercises":
                foreach (var cell in notebook.Cells.Where(cell => cell.Id is "q1" or "s1" or "k1" or "p1").ToList())
                    notebook.Cells.Remove(cell);
                foreach (var (at, n) in new[] { (2, 1), (3, 2) }) Code($"k{at}").Outputs[0] = Checked($"1.2.{n}", open: n == 2);
                break;
            case "no open exercise": Code("k3").Outputs[0] = Checked("1.2.3", open: false); break;
            case "a wrong number": Code("k3").Outputs[0] = Checked("1.2.9", open: true); break;
            case "a later word": notebook.Cells[0].Source += "\n\nPositions are rotary."; break;
        }
    }

    private static Notebook Good()
    {
        var notebook = Notebook.CreateCSharp();
        var guess = Cells.Predict("How many?", 0, 9);
        Cell[] cells =
        [
            Text("t", "# Tokens\n\nA question."),
            Text("h1", "## Predict"), Code("predict", [], Shown(guess)), Text("h2", "## By hand"),
            Text("h3", "## For real"),
            Code("figure", [], Shown(Figure.Bar("Share", ["a", "b"], [1, 2.0]))), Text("after", "`b` is twice `a`."),
            Code("claim", [], Shown(Claim.That("near", 0.7, within: (0.5, 1), control: ("random", 0.1)))),
            Code("reveal", [], Shown(guess.Reveal(3))),
            Text("h4", "## Play"), Code("play", [], Shown(Cells.Roofline(
                new MachineLimits(1e9, 1e9), [new RooflinePoint(1, 2, 4, 1e-3), new RooflinePoint(2, 4, 4, 1e-3)]))),
            Text("h5", "## What it costs"), Text("h6", "## Break it"), Text("h7", "## Exercises"),
            .. Enumerable.Range(1, 3).SelectMany(n => new Cell[]
            {
                Text($"q{n}", $"**1.2.{n} Do it.** How?"), Code($"s{n}", [LessonTags.Exercise], Shown("nothing yet")),
                Code($"k{n}", [LessonTags.Check], Checked($"1.2.{n}", open: n == 3)), Code($"p{n}", [LessonTags.Solution], Shown("proved")),
            }),
            Text("h8", "## Deeper"),
        ];
        foreach (var cell in cells) notebook.Cells.Add(cell);
        return notebook;
    }

    private static ResultOutput Checked(string number, bool open) =>
        Shown(open ? Exercise.Open<int?>(number, null) : Exercise.Of<int?>(number, null));

    private static ResultOutput Shown(object value) => new(1, ValueFormatter.Format(value), []);

    private static MarkdownCell Text(string id, string source) => new() { Id = id, Source = source };

    private static CodeCell Code(string id, string[] tags, CellOutput output)
    {
        var cell = Notebook.CreateCodeCell(id, "x");
        cell.Metadata["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]);
        cell.Outputs.Add(output);
        return cell;
    }
}
