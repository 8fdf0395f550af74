using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Notebooks.Session.Language;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>A bar | in a cell is the cursor.</summary>
public sealed class LanguageServiceTests : IDisposable
{
    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    private Task<CellRun> Run(string code) => CellRun.Of(_session, code, TestContext.Current.CancellationToken);

    private Task<CompletionList> Complete(string cell) => _session.CompleteAsync(
        cell.Remove(cell.IndexOf('|', StringComparison.Ordinal), 1), cell.IndexOf('|', StringComparison.Ordinal),
        TestContext.Current.CancellationToken);

    private async Task<string[]> TextsOf(string cell) => [.. (await Complete(cell)).Items.Select(item => item.Text)];

    private Task<Inspection?> Inspect(string cell) => _session.InspectAsync(
        cell.Remove(cell.IndexOf('|', StringComparison.Ordinal), 1), cell.IndexOf('|', StringComparison.Ordinal),
        TestContext.Current.CancellationToken);

    private async Task<string?> SignatureOf(string cell) => (await Inspect(cell))?.Signature;

    [Fact]
    public async Task AMemberIsCompletedInPlaceOfWhatIsTyped()
    {
        var list = await Complete("1; Console.WriteL|; 2");
        Assert.Equal((11, 17), (list.Start, list.End));
        var item = Assert.Single(list.Items);
        Assert.Equal(("WriteLine", "method"), (item.Text, item.Kind));
        Assert.StartsWith("void Console.WriteLine(", item.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExactPrefixesComeBeforeOthersAndOwnNamesBeforeTypes()
    {
        await Run("var strict = 1; var Strange = 2; int Stray() => 3;");
        var texts = await TextsOf("str|");
        Assert.Equal(["strict", "string", "struct", "Strange", "Stray"], texts[..5]);
        Assert.Contains("StringBuilder", texts);
    }

    [Fact]
    public async Task MembersAreThoseOfTheValuesTypeAndItsExtensions()
    {
        await Run("var words = new List<string> { \"a\" };");
        var all = await TextsOf("words.|");
        Assert.Contains("Add", all);
        Assert.Contains("Where", all);
        Assert.DoesNotContain("Console", all);
        Assert.DoesNotContain(".ctor", all);
        Assert.True(Array.IndexOf(all, "Count") < Array.IndexOf(all, "ToString"));
        Assert.True(Array.IndexOf(all, "ToString") < Array.IndexOf(all, "Where"));
        Assert.Equal("Length", (await TextsOf("words.Where(w => w.Leng|)"))[0]);
        Assert.Equal("Length", (await TextsOf("words.First()?.Leng|"))[0]);
    }

    [Fact]
    public async Task ADotAtTheEndOfALineDoesNotTakeTheNextOne() =>
        Assert.Contains("Length", await TextsOf("var s = \"x\";\ns.|\nvar t = 1;"));

    [Theory]
    [InlineData("using System.Text.Js|", "Json")]
    [InlineData("Math.P|", "PI", "Pow")]
    [InlineData("DayOfWeek.Sa|", "Saturday")]
    [InlineData("new StringBui|", "StringBuilder")]
    [InlineData("new System.Text.StringBui|", "StringBuilder")]
    [InlineData("new Version(1, 0).Maj|", "Major", "MajorRevision")]
    [InlineData("int? n = 3; n?.ToS|", "ToString")]
    [InlineData("void F(int parameter) { parame| }", "parameter")]
    [InlineData("[Obsol|] void F() { }", "Obsolete")]
    [InlineData("global::System.Consol|", "Console", "ConsoleCancelEventArgs",
        "ConsoleCancelEventHandler", "ConsoleColor", "ConsoleKey", "ConsoleKeyInfo", "ConsoleModifiers", "ConsoleSpecialKey")]
    [InlineData("new UriBuilder { Por| }", "Port")]
    [InlineData("#!ti|", "#!time")]
    [InlineData("// Console.Wri|")]
    [InlineData("\"Console.Wri|\"")]
    [InlineData("var cons|")]
    [InlineData("nothing.At|")]
    public async Task FittingNamesAreProposedFirst(string cell, params string[] texts)
    {
        var proposed = await TextsOf(cell);
        Assert.Equal(texts, texts.Length == 0 ? proposed : proposed.Take(texts.Length));
    }

    [Fact]
    public async Task ARedeclaredNameIsProposedOnceWithItsNewestType()
    {
        await Run("var value = 1;");
        await Run("var value = \"text\";");
        var item = Assert.Single((await Complete("valu|")).Items, item => item.Text == "value");
        Assert.Equal(("local", "string value"), (item.Kind, item.Detail));
    }

    [Fact]
    public async Task ImportsAndReferencesOfEarlierCellsAreUsed()
    {
        await Run("#r \"System.Data.Common\"\nusing System.Data;");
        Assert.Contains("DataTable", await TextsOf("new DataTa|"));
    }

    [Fact]
    public async Task QuestionsAreAnsweredWhileACellRuns()
    {
        await Run("var before = 1;");
        using var end = new CancellationTokenSource();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = _session.ExecuteAsync("Console.Write(1); await Task.Delay(-1);", _ => started.TrySetResult(), end.Token);
        await started.Task;
        Assert.Equal(["before"], await TextsOf("befor|"));
        Assert.Equal("int before", await SignatureOf("befo|re"));
        Assert.False(running.IsCompleted);
        await end.CancelAsync();
        await running;
    }

    [Fact]
    public async Task InspectingGivesSignatureAndDocumentation()
    {
        var math = await Inspect("Math.Ma|x(1, 2)");
        Assert.Equal("int Math.Max(int val1, int val2)", math!.Signature);
        Assert.StartsWith("```csharp\nint Math.Max(int val1, int val2)\n```", math.Markdown, StringComparison.Ordinal);
        Assert.StartsWith("int Math.Max(int val1, int val2)", math.PlainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASymbolsOwnXmlIsFoundBesideItsAssembly()
    {
        await Run("using LlmRabbitHoles.Lessons.Displays;");
        var strip = await Inspect("TokenStri|p.Of([\"a\"], [1])");
        Assert.StartsWith("class TokenStrip", strip!.Signature, StringComparison.Ordinal);
        Assert.NotEmpty(strip.Documentation);
        Assert.DoesNotContain("<", strip.Documentation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DocumentationInACellIsShown()
    {
        await Run(
            "/// <summary>Twice <paramref name=\"x\"/>.</summary>\n/// <param name=\"x\">Any number.</param>\nint Twice(int x) => 2 * x;");
        var twice = await Inspect("Twi|ce(1)");
        Assert.Equal("int Twice(int x)", twice!.Signature);
        Assert.Equal("Twice x.\n\nParameters:\n  x: Any number.", twice.Documentation);
        Assert.Equal("Twice `x`.\n\n**Parameters:**\n\n- `x`: Any number.", twice.MarkdownDocumentation);
    }

    [Theory]
    [InlineData("var nu|mber = 3;", "int number")]
    [InlineData("va|r number = 3;", "int")]
    [InlineData("var list = new List<string>(); list.Ad|d(\"x\")", "void List<string>.Add(string item)")]
    [InlineData("Console.WriteLine|", "void Console.WriteLine() (+ ")]
    [InlineData("Math.Pow(1, |)", "double Math.Pow(double x, double y)")]
    [InlineData("new[] { 1 }.Sele|ct(x => x + 1)", "IEnumerable<int> IEnumerable<int>.Select<int, int>(Func<int, int> selector)")]
    public async Task ASignatureReadsAsCSharp(string cell, string signature) =>
        Assert.StartsWith(signature, await SignatureOf(cell), StringComparison.Ordinal);

    [Theory]
    [InlineData("1 + |2")]
    [InlineData("|")]
    [InlineData("nothing.At|All")]
    [InlineData("// wo|rds")]
    public async Task InspectingACellWithoutNamesGivesNothing(string cell) => Assert.Null(await Inspect(cell));

    [Theory]
    [InlineData("1 + 1")]
    [InlineData("var x = 3;")]
    [InlineData("int F() { return 1; }")]
    [InlineData("")]
    [InlineData("#!time\n1 + 1")]
    [InlineData("using var x = new System.IO.MemoryStream();")]
    [InlineData("await Task.Delay(1)")]
    [InlineData("using System.IO;")]
    public void ACompleteCellIsComplete(string code) =>
        Assert.Equal(new Completeness(CompletenessStatus.Complete, ""), _session.IsComplete(code));

    [Theory]
    [InlineData("int F() {", 4)]
    [InlineData("class A {\n    void F() {", 8)]
    [InlineData("var s = @\"abc", 0)]
    [InlineData("var s = \"\"\"abc", 0)]
    [InlineData("/* abc", 0)]
    [InlineData("1 +", 0)]
    [InlineData("Console.WriteLine(", 0)]
    [InlineData("#if DEBUG", 0)]
    [InlineData("var x = 3", 0)]
    [InlineData("if (true) { // why", 4)]
    public void AnUnfinishedCellIsIncomplete(string code, int indent) =>
        Assert.Equal(new Completeness(CompletenessStatus.Incomplete, new string(' ', indent)), _session.IsComplete(code));

    [Theory]
    [InlineData("int = ;)")]
    [InlineData("}")]
    [InlineData("var x = 3;)")]
    [InlineData("\"abc")]
    [InlineData("#nonsense")]
    public void AnUnfinishableCellIsInvalid(string code) =>
        Assert.Equal(new Completeness(CompletenessStatus.Invalid, ""), _session.IsComplete(code));
}
