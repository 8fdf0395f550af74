using System.Text;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class NotebookReaderTests
{
    private static Notebook Read(string json) => NotebookReader.Parse(Encoding.UTF8.GetBytes(json), "n.ipynb");

    private static string RefusalOf(string json) => Assert.Throws<NotebookFormatException>(() => Read(json)).Message;

    private static string WithCell(string cell) => $$"""{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{{cell}}]}""";

    [Fact]
    public void BrokenJsonIsRefusedWithItsPosition() =>
        Assert.StartsWith("Notebook 'n.ipynb' is broken JSON at line 2, byte 2: ",
            RefusalOf("{\"nbformat\":4,\n ]"), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{\"nbformat\":4,")]
    [InlineData("{\"cells\":[],\"cells\":[],\"nbformat\":4}")]
    [InlineData("{\"cells\":[{\"cell_type\":\"raw\",\"source\":\"\\ud83d\"}],\"nbformat\":4}")]
    [InlineData("{\"cells\":[],\"metadata\":{\"\\udc00\":1},\"nbformat\":4}")]
    [InlineData("{\"cells\":[],\"metadata\":{\"a\":1e999},\"nbformat\":4}")]
    public void EveryBrokenTextNamesTheFile(string json) =>
        Assert.Contains("'n.ipynb' is broken JSON", RefusalOf(json), StringComparison.Ordinal);

    [Theory]
    [InlineData("[]", "is an array where the document should be a JSON object")]
    [InlineData("null", "is null where the document should be a JSON object")]
    [InlineData("""{"cells":[]}""", "has no number 'nbformat'")]
    [InlineData("""{"nbformat":3,"worksheets":[]}""", "is of nbformat 3; this program reads nbformat 4")]
    [InlineData("""{"nbformat":5,"cells":[]}""", "is of nbformat 5; this program reads nbformat 4")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5}""", "has no array 'cells'")]
    [InlineData("""{"nbformat":4,"cells":{}}""", "has no array 'cells'")]
    public void AForeignDocumentIsRefused(string json, string reason) =>
        Assert.Contains($"'n.ipynb' {reason}", RefusalOf(json), StringComparison.Ordinal);

    [Theory]
    [InlineData("7", "is a number where it should be a JSON object")]
    [InlineData("""{"source":""}""", "has no text 'cell_type'")]
    [InlineData("""{"cell_type":"heading","source":""}""", "has the cell_type 'heading'")]
    [InlineData("""{"cell_type":"code"}""", "has no 'source'")]
    [InlineData("""{"cell_type":"code","source":[1]}""", "has an array as 'source'")]
    [InlineData("""{"cell_type":"code","source":"","outputs":7}""", "has 'outputs' that are not an array")]
    [InlineData("""{"cell_type":"code","source":"","metadata":[]}""", "has an array as 'metadata'")]
    public void AForeignCellIsRefusedWithItsNumber(string cell, string reason) =>
        Assert.Contains($"'n.ipynb', cell 1, {reason}", RefusalOf(WithCell(cell)), StringComparison.Ordinal);

    [Fact]
    public void AForeignOutputIsRefusedWithItsNumber() => Assert.Contains(
        "cell 1, output 1, has the output_type 'pyout'",
        RefusalOf(WithCell("""{"cell_type":"code","source":"","outputs":[{"output_type":"pyout"}]}""")), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"a\\nb\"")]
    [InlineData("[\"a\\n\",\"b\"]")]
    public void ASourceMayBeAStringOrLines(string source) =>
        Assert.Equal("a\nb", Read(WithCell($$"""{"cell_type":"raw","source":{{source}}}""")).Cells[0].Source);

    [Fact]
    public void CellsOfOldFormatsGetIds()
    {
        var notebook = Read(
            """{"nbformat":4,"nbformat_minor":0,"cells":[{"cell_type":"code","source":"1"},{"cell_type":"markdown","source":"2"}]}""");
        Assert.Equal(["cell-1", "cell-2"], notebook.Cells.Select(cell => cell.Id));
    }

    [Fact]
    public void AnIdTakenTwiceIsMadeUnique()
    {
        var notebook = Read(WithCell("""{"cell_type":"raw","id":"a","source":""},{"cell_type":"raw","id":"a","source":""}"""));
        Assert.Equal(["a", "a-2"], notebook.Cells.Select(cell => cell.Id));
    }

    [Fact]
    public void AByteOrderMarkIsSkipped() =>
        Assert.Empty(NotebookReader.Parse([0xEF, 0xBB, 0xBF, .. """{"nbformat":4,"cells":[]}"""u8], "n.ipynb").Cells);

    [Fact]
    public void TheLanguageOfACellIsReadFromItsMetadata()
    {
        var notebook = Read(WithCell("""
            {"cell_type":"code","source":"1","metadata":{"polyglot_notebook":{"kernelName":"fsharp"}}},
            {"cell_type":"code","source":"1"}
            """));
        Assert.Equal(["fsharp", null], notebook.CodeCells.Select(cell => cell.Language));
    }
}
