using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;

namespace LlmRabbitHoles.Lessons.Tests;

public sealed class ClaimTests
{
    private static string RefusalOf(Func<Claim> claim) => Assert.Throws<ClaimException>(claim).Message;

    [Fact]
    public void ANumberOutsideItsBandIsRefusedWithBothEnds()
    {
        Assert.Equal("The claim 'kv-bytes' does not hold: this run gave 12 bytes, and the text needs 1 to 10 bytes.",
            RefusalOf(() => Claim.That("kv-bytes", 12, "bytes", within: (1, 10))));
        Assert.Equal("The claim 'share' does not hold: this run gave 120%, and the text needs 100% or less.",
            RefusalOf(() => Claim.That("share", 120, "%", atMost: 100)));
        Assert.Contains(
            "this run gave NaN", RefusalOf(() => Claim.That("kv-bytes", double.NaN, "bytes", atLeast: 1)), StringComparison.Ordinal);
        Assert.Equal("The claim 'it stops' does not hold in this run.", RefusalOf(() => Claim.That("it stops", false)));
    }

    [Fact]
    public void BothEndsBelongToTheBand() =>
        Assert.All([1.0, 10], value => Assert.Equal(value, Claim.That("n", value, "", within: (1, 10)).Value));

    [Fact]
    public void ATrueStatementHoldsAndAnExactClaimShowsItsValue()
    {
        Assert.Equal("✔ it stops — holds", Claim.That("it stops", true).ToText());
        Assert.Equal("✔ ratio = 1 (claimed: exactly 1)", Claim.That("ratio", 1, "", within: (1, 1)).ToText());
    }

    [Fact]
    public void AControlInsideTheBandIsRefused()
    {
        Assert.Equal("The claim 'near' shows nothing: its control, random vectors, gives 0.9, which 0.5 to 1 holds too. " +
            "Narrow the band, or mend the control.",
            RefusalOf(() => Claim.That("near", 0.8, within: (0.5, 1), control: ("random vectors", 0.9))));
        Assert.Equal("The claim 'it stops' shows nothing: it holds for its control, another token forbidden, too. " +
            "State it more narrowly, or mend the control.",
            RefusalOf(() => Claim.That("it stops", true, control: ("another token forbidden", true))));
    }

    [Fact]
    public void AControlOutsideTheBandIsShownAndKept()
    {
        var claim = Claim.That("near", 0.8, within: (0.5, 1), control: ("random vectors", 0.02));
        Assert.Equal("✔ near = 0.8 (claimed: 0.5 to 1; not so with random vectors: 0.02)", claim.ToText());
        Assert.Equal("✔ it stops — holds (not so with the end forbidden)",
            Claim.That("it stops", true, control: ("the end forbidden", false)).ToText());
        var record = LessonOutputs.Claim(new ResultOutput(1, ValueFormatter.Format(claim), []))!;
        Assert.Equal(("random vectors", 0.02, true), (record.Control, record.ControlValue, record.CanFail));
    }

    [Fact]
    public void AMeasuredNumberHasNoBandAndIsKeptAsAClaimIs()
    {
        var measured = Measured.That("Time to the first token", 12.346, "ms");
        Assert.Equal("Time to the first token = 12.35 ms", measured.ToText());
        var record = LessonOutputs.Claim(new ResultOutput(1, ValueFormatter.Format(measured), []))!;
        Assert.Equal(("time-to-the-first-token", "12.3 ms", false), (record.Id, record.Prose, record.CanFail));
        Assert.Throws<ClaimException>(() => Measured.That("ratio", double.NaN));
    }

    [Fact]
    public void ADeviceMayHaveABandOfItsOwn()
    {
        var band = Band.Between(1, 10).On("cuda", 0.1, 2).On("cuda", 0.1, 3);
        Assert.Equal((0.1, 3), (band.For("cuda").AtLeast, band.For("cuda").AtMost));
        Assert.Equal((1, 10), (band.For("cpu").AtLeast, band.For("cpu").AtMost));
        Assert.Contains("no device 'gpu'", Assert.Throws<ArgumentException>(() => band.On("gpu", 1, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABandThatHoldsNothingIsRefused() =>
        Assert.Contains(
            "the lower end comes first", Assert.Throws<ArgumentException>(() => Band.Between(2, 1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("kv-bytes-per-token", "kv-bytes-per-token")]
    [InlineData("' Paris': last minus first", "paris-last-minus-first")]
    [InlineData("TIME at 4,096 numbers", "time-at-4-096-numbers")]
    public void AnIdIsTheNameInLowerCaseWithHyphens(string name, string id) => Assert.Equal(id, Claim.That(name, 1).Id);

    [Fact]
    public void ANameWithoutLettersIsRefused() =>
        Assert.Contains(
            "no letter or digit", Assert.Throws<ArgumentException>(() => Claim.That("???", 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void AnOutputKeepsTheClaimForPrograms()
    {
        var claim = Claim.That("kv-bytes", 3072, "bytes", atLeast: 1);
        var output = new ResultOutput(1, ValueFormatter.Format(claim), []);
        Assert.Equal(["text/html", "text/plain", ClaimRecord.MimeType], output.Data.MimeTypes);
        var record = Assert.IsType<ClaimRecord>(LessonOutputs.Claim(output));
        Assert.Equal(("kv-bytes", 3072, "bytes", 1, double.PositiveInfinity, "3072 bytes"),
            (record.Id, record.Value, record.Unit, record.AtLeast, record.AtMost, record.Text));
        Assert.Contains(record.Device, new[] { "cpu", "cuda" });
    }

    [Fact]
    public void AClaimSurvivesTheNotebookFile()
    {
        var notebook = Notebook.CreateCSharp();
        notebook.Cells.Add(Notebook.CreateCodeCell("empty", " "));
        var cell = Notebook.CreateCodeCell("c", "1");
        cell.Outputs.Add(new StreamOutput("stdout", "hello"));
        cell.Outputs.Add(new DisplayOutput(ValueFormatter.Format(Claim.That("kv-bytes", 12.5, "bytes")), []));
        notebook.Cells.Add(cell);
        var read = NotebookReader.Parse(System.Text.Encoding.UTF8.GetBytes(NotebookWriter.ToText(notebook)), "n");
        Assert.Equal(NotebookClaims.Of(notebook), NotebookClaims.Of(read));
        var found = Assert.Single(NotebookClaims.Of(read));
        Assert.Equal(("kv-bytes", 12.5, 1), (found.Claim.Id, found.Claim.Value, found.Cell));
    }
}
