using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class TypedNumbersTests
{
    private static readonly ClaimRecord[] Claims =
    [
        new("kv-bytes", "kv-bytes", 30720, "bytes", 0, 1e9, "cpu", "30,720 bytes"),
        new("pieces", "pieces", 8, "pieces", 8, 8, "cpu", "8 pieces"),
        new("cosine", "cosine", 0.36241, "", 0, 1, "cpu", "0.3624"),
        new("round", "round", 100, "%", 0, 100, "cpu", "100%"),
        new("fact", "it holds", 1, "", 1, 1, "cpu", "holds"),
    ];

    private static string[] Found(string markdown) => [.. TypedNumbers.In(markdown, Claims).Select(found => found.Number.Trim())];

    [Theory]
    [InlineData("A token takes 12.5 ms here.", "12.5 ms")]
    [InlineData("It took 3 s.", "3 s")]
    [InlineData("SIMD is 37× as fast", "37×")]
    [InlineData("SIMD is 37 times as fast", "37 times")]
    [InlineData("nearly 99% of it", "99%")]
    [InlineData("at 2,400 tokens/s", "2,400 tokens/s")]
    [InlineData("at 2400 tokens per second", "2400 tokens per second")]
    [InlineData("28.1 GB/s in a copy", "28.1 GB/s")]
    [InlineData("3072 bytes a token", "3072 bytes")]
    [InlineData("129 GFLOP/s", "129 GFLOP/s")]
    [InlineData("Cell 5\n\n> took **7.5 µs**", "7.5 µs")]
    public void ANumberWithAUnitOfMeasurementIsFound(string markdown, string number) => Assert.Equal([number], Found(markdown));

    [Theory]
    [InlineData("the cosine is 0.3624 here", "0.3624")]
    [InlineData("30720 in all", "30720")]
    [InlineData("30,720 in all", "30,720")]
    [InlineData("8 pieces are left", "8")]
    public void TheValueOfAClaimIsFound(string markdown, string number) => Assert.Equal([number], Found(markdown));

    [Theory]
    [InlineData("a prompt of 100 tokens and an answer of 48 tokens")]
    [InlineData("8 bits, 1 byte, 256 byte values, 2 bits")]
    [InlineData("Shannon 1948, Vaswani et al. 2017, 2.1, table 3, tier 2, GPT-2")]
    [InlineData("the vector [3, 4], 90°, −1 to 1, 2 × n × hidden, 1/√d")]
    [InlineData("takes $4 \\text{ bytes}$ and `12 ms` and <!--kv-bytes-->12 ms<!--/-->")]
    [InlineData("```\n12 ms\n```\nand $$\n3 s\n$$")]
    [InlineData("[a paper](https://example.org/12%20ms) and https://example.org/30720")]
    [InlineData("layers.30720.output, v1.0.30720")]
    [InlineData("by 10s of people in the 1990s")]
    public void DefinedAndGivenNumbersAreAccepted(string markdown) => Assert.Empty(Found(markdown));

    [Fact]
    public void TheLineIsNamed() => Assert.Equal(3, Assert.Single(TypedNumbers.In("a\n`12 ms`\nb 12 ms", [])).Line);

    private static Notebook WithText(string markdown, params string[] tags)
    {
        var notebook = Notebook.CreateCSharp();
        var metadata = new System.Text.Json.Nodes.JsonObject { ["tags"] = new System.Text.Json.Nodes.JsonArray(
            [.. tags.Select(tag => (System.Text.Json.Nodes.JsonNode)tag)]) };
        notebook.Cells.Add(new MarkdownCell { Id = "text", Source = markdown, Metadata = metadata });
        var cell = Notebook.CreateCodeCell("code", "1");
        cell.Outputs.Add(new DisplayOutput(ValueFormatter.Format(Claim.That("kv-bytes", 3072, "bytes")), []));
        notebook.Cells.Add(cell);
        return notebook;
    }

    [Fact]
    public void AComplaintNamesPlaceAndWayOut() => Assert.Equal(
        "Text cell 'text', line 2, has '12 ms' typed into it, a number with a unit of measurement. " +
        "Let a cell compute and claim it, and write <!--its-id--><!--/--> here; " +
        "if the number is defined, not measured, tag the text cell 'given'.",
        Assert.Single(TypedNumbers.Of(WithText("a\n12 ms"))));

    [Fact]
    public void AGivenNumberIsAccepted() => Assert.Empty(TypedNumbers.Of(WithText("The bus needs 12 ms.", LessonTags.Given)));

    [Fact]
    public void AMarkWithoutAClaimNamesPlaceAndWayOut() => Assert.Equal(
        "Text cell 'text', line 1, shows 'kv-byte', and no cell makes that claim. Make it with Claim.That(\"kv-byte\", ...), " +
            "or name one of: kv-bytes.",
        Assert.Single(ClaimProblems.Of(WithText("It takes <!--kv-bytes-->3072 bytes<!--/--> and <!--kv-byte--><!--/-->."))));

    [Fact]
    public void AMarkThatBeginsALineIsRefused() => Assert.Equal(
        "Text cell 'text', line 2, begins with the mark of 'kv-bytes', so that Markdown takes the line for raw HTML. Put a word before it.",
        Assert.Single(ClaimProblems.Of(WithText("It takes\n  <!--kv-bytes-->3072 bytes<!--/-->."))));

    [Fact]
    public void AStaleNumberNamesWhatItSaysAndWhatTheRunGave() => Assert.Equal(
        "Text cell 'text', line 1, says '3 kB' for 'kv-bytes'; the stored run gave '3072 bytes'. " +
            "./rabbit run --update writes the run's numbers into the text.",
        Assert.Single(ClaimProblems.Stale(WithText("<!--kv-bytes-->3 kB<!--/--> or <!--kv-bytes-->3072 bytes<!--/-->"))));

    [Fact]
    public void AClaimMadeTwiceIsRefusedWithItsCells()
    {
        var notebook = WithText("");
        var again = Notebook.CreateCodeCell("again", "2");
        again.Outputs.Add(new ResultOutput(2, ValueFormatter.Format(Claim.That("KV bytes", 1)), []));
        notebook.Cells.Add(again);
        Assert.StartsWith("The claim 'kv-bytes' is made 2 times, in cells 1 and 2.",
            Assert.Single(ClaimProblems.Of(notebook)), StringComparison.Ordinal);
    }
}
