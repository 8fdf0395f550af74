using System.Text.Json.Nodes;
using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Book.Tests;

/// <summary>A small repository with one of everything that a book may have to show: three holes, two of them written.</summary>
internal sealed class SampleRepository : IDisposable
{
    public const string Formula = "$$\\text{runs} = 1 + n$$";

    public SampleRepository(string formula = Formula, bool withLibraries = true)
    {
        Write("tiers/tier0.json", """
            {"tier":0,"holes":[
              {"id":"root","title":"The root","question":"What is at the top?",
               "notebook":"notebooks/root.ipynb","parent":null,"prerequisites":[]}]}
            """);
        Write("tiers/tier1.json", """
            {"tier":1,"holes":[
              {"id":"charts","title":"Charts & <tags>","question":"What can be drawn?",
               "notebook":"notebooks/tier1/charts.ipynb","parent":"root","prerequisites":[]},
              {"id":"later","title":"Later","question":"What comes later?",
               "notebook":"planned","parent":"root","prerequisites":["charts"]}]}
            """);
        Write("tiers/glossary.json", """
            {"terms":[{"term":"softmax","hole":"charts","means":"Scores made into probabilities."},
                      {"term":"logit","hole":"root","means":"A score.","also":["logits"]},
                      {"term":"weight","hole":"later","means":"A learned number."}]}
            """);
        Write("notebooks/root.ipynb", NotebookWriter.ToText(Root(formula)));
        Write("notebooks/tier1/charts.ipynb", NotebookWriter.ToText(Charts()));
        // The packages of the real book are used here too.
        Directory.CreateDirectory(System.IO.Path.Combine(Repository.Root, ".rabbit", "book"));
        Directory.CreateDirectory(System.IO.Path.Combine(Path, ".rabbit"));
        if (withLibraries)
            Directory.CreateSymbolicLink(
                System.IO.Path.Combine(Path, ".rabbit", "book"), System.IO.Path.Combine(Repository.Root, ".rabbit", "book"));
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("book-").FullName;

    public string Out => System.IO.Path.Combine(Path, "out");

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static Notebook Root(string formula)
    {
        var notebook = Notebook.CreateCSharp();
        notebook.Cells.Add(new MarkdownCell
        {
            Id = "m1",
            Source = "# The root\n\nA *logit* is a score, and *softmax* is explained [below](tier1/charts.ipynb).\n\n" +
                formula + "\n\n## What it costs\n\nEach token takes <!--bytes-per-token-->3072 bytes<!--/-->. " +
                "The zyzzyva is a weevil.\n\n" +
                "| a | b |\n|---|---|\n| 1 | 2 |\n",
        });
        notebook.Cells.Add(Code("c1", "Claim.That(\"bytes-per-token\", 3072, \"bytes\")",
            1, Shown(Claim.That("bytes-per-token", 3072, "bytes"), ClaimRecord.MimeType)));
        notebook.Cells[^1].Metadata["tags"] = new JsonArray(LessonTags.Check);
        notebook.Cells.Add(Code("c2", "var text = \"<b>\" + 1; // a comment", 2, new StreamOutput("stdout", "a <b> line\n")));
        notebook.Cells.Add(new MarkdownCell { Id = "m2", Source = "## Exercises\n\nSee `CONTRIBUTING.md` and [the licence](../LICENSE)." });
        notebook.Cells.Add(Code("c3", "check.Solved(solution, 1, 3, 4)", 3));
        notebook.Cells[^1].Metadata["tags"] = new JsonArray(LessonTags.Solution);
        return notebook;
    }

    private static Notebook Charts()
    {
        var notebook = Notebook.CreateCSharp();
        notebook.Cells.Add(new MarkdownCell { Id = "m1",
            Source = "# Charts\n\nThe *softmax* sums to one; a *logit* does not.\n\n## Lines\n\nOne.\n\n## Lines\n\nTwo." });
        Figure[] figures =
        [
            Figure.Line("Time per token, as the cache grows longer and longer and the title does too",
                [64, 128, 256], [1.5, 2, 4], "tokens in the cache", "ms", name: "measured", logX: true)
                .AddLine("predicted", [64, 256], [1, 4.0]).AddHorizontalLine(3, "limit"),
            Figure.Bar("Share", ["a", "b"], [1, 2.0], yLabel: "%"),
            Figure.Scatter("Words", [1.0, 2], [1.0, 2], ["king", "queen"]),
            Figure.Histogram("Squares", Enumerable.Range(0, 100).Select(i => i * i)),
            Figure.HeatMap("Identity", new double[,] { { 1, 0 }, { 0, 1 } }, ["x", "y"], ["a", "b"]),
        ];
        foreach (var (index, figure) in figures.Index())
            notebook.Cells.Add(Code($"c{index}", $"Figure.Number({index})", index + 1, Shown(figure, "")));
        Displayable[] displays =
        [
            TokenStrip.Of(["The", " cat", "\n"], [1, 2, 3], [3]),
            ProbabilityBars.Of(["a", "b"], [0.75, 0.25], [1.5, 0.4]),
            new Table("a rather long heading", "another long heading", "and one more long heading", "and the last of them").Row(
                "some text in a cell", 2.5, "more text in a cell", 4),
            TensorView.Of(new[] { 1f, 2, 3 }, "three"),
            Progress.Of("training", 30, 120, "steps"),
            new KvPageMap("Two chats", 4, 8).Sequence("A", 6, 0, 1).Sequence("B", 5, 0, 2),
            Timeline.Of("One answer", 20, 9, [10.0, 10], [" Paris", "."]),
            AttentionMap.Of("Layer 0", new[,] { { 1.0, 0 }, { 0.5, 0.5 } }, ["a", " b"]),
        ];
        foreach (var (index, display) in displays.Index())
            notebook.Cells.Add(Code($"d{index}", $"display {index} of a line of code that is far too long for the screen of a " +
                "telephone, so that it has to scroll by itself;", figures.Length + index + 1, Shown(display, "")));
        return notebook;
    }

    private static CodeCell Code(string id, string source, int count, params CellOutput[] outputs)
    {
        var cell = Notebook.CreateCodeCell(id, source);
        cell.ExecutionCount = count;
        foreach (var output in outputs)
            cell.Outputs.Add(output);
        return cell;
    }

    private static DisplayOutput Shown(Displayable display, string also)
    {
        var data = Notebooks.Session.Formatting.ValueFormatter.Format(display);
        Assert.True(
            also.Length == 0 || data.Find(also) is not null, $"A {display.GetType().Name} stores {string.Join(", ", data.MimeTypes)}.");
        return new DisplayOutput(data, new JsonObject());
    }

    private void Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
