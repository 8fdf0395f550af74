using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Notebooks.Session.Language;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>A bar | in a cell is the cursor.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    private async Task<IReadOnlyList<CompletionItem>> Complete(string cell) => (await _session.CompleteAsync(
        cell.Remove(cell.IndexOf('|', StringComparison.Ordinal), 1), cell.IndexOf('|', StringComparison.Ordinal),
        TestContext.Current.CancellationToken)).Items;

    private async Task<string[]> TextsOf(string cell) => [.. (await Complete(cell)).Select(item => item.Text)];

    [Theory]
    [InlineData("Console.WL|", "WriteLine")]
    [InlineData("Console.readli|", "ReadLine")]
    [InlineData("Console.Line|", "WriteLine")]
    [InlineData("new SB|", "StringBuilder")]
    [InlineData("nameof(Conso|", "Console")]
    [InlineData("$\"{Conso|", "Console")]
    [InlineData("$\"{Console.Rea|}\"", "ReadKey")]
    [InlineData("new[] { \"a\" }.Select(w => w.Len|", "Length")]
    [InlineData("new[] { \"a\" }.Where(w => w.Length > 1).Select(w => w.ToU|", "ToUpper")]
    [InlineData("List<Str|", "StringBuilder")]
    [InlineData("[Obsolete(mes|", "message:")]
    [InlineData("[AttributeUsage(AttributeTargets.All, Inh|", "Inherited =")]
    [InlineData("Math.Round(digi|", "digits:")]
    [InlineData("Math.Round(1.5, mode: Midp|", "MidpointRounding.ToEven")]
    [InlineData("var day = DateTime.Now.DayOfWeek; day == Day|", "DayOfWeek.Friday")]
    [InlineData("DayOfWeek day = Day|", "DayOfWeek.Friday")]
    [InlineData("\"abc\" is { Len|", "Length")]
    [InlineData("\"abc\" is { Len|: 3 }", "Length")]
    [InlineData("record P(int Wide); new P(1) with { Wi|", "Wide")]
    [InlineData("new UriBuilder { Host = \"h\", Po|", "Port")]
    [InlineData("UriBuilder u = new() { Po|", "Port")]
    [InlineData("var w = new Stopwat|", "System.Diagnostics.Stopwatch")]
    [InlineData("class A { override ToS|", "public string? ToString() => base.ToString();")]
    [InlineData("class A { public override GetHa|", "int GetHashCode() => base.GetHashCode();")]
    [InlineData("abstract class A { public abstract int Size { get; set; } } class B : A { public override Si|",
        "int Size { get => throw new NotImplementedException(); set => throw new NotImplementedException(); }")]
    public async Task ExpectedNamesAreProposed(string cell, string text) => Assert.Contains(text, await TextsOf(cell));

    [Theory]
    [InlineData("foreach (var Conso|")]
    [InlineData("void Conso|() { }")]
    [InlineData("class Conso|")]
    [InlineData("int F(int Conso|) => 1;")]
    [InlineData("int.TryParse(\"1\", out var Conso|")]
    [InlineData("$\"Conso|\"")]
    [InlineData("\"\"\"Conso|\"\"\"")]
    [InlineData("'C|'")]
    [InlineData("1.5|")]
    public async Task ANewNameOrATextIsNotCompleted(string cell) => Assert.Empty(await TextsOf(cell));

    [Fact]
    public async Task AMemberThatIsSetAlreadyIsNotProposedAgain()
    {
        var texts = await TextsOf("new UriBuilder { Host = \"h\", | }");
        Assert.Contains("Port", texts);
        Assert.DoesNotContain("Host", texts);
    }

    [Fact]
    public async Task APrefixMatchComesBeforeAWordMatch()
    {
        await CellRun.Of(_session, "var lineCount = 1; var newLine = 2;");
        var texts = await TextsOf("lin|");
        Assert.True(Array.IndexOf(texts, "lineCount") < Array.IndexOf(texts, "newLine"));
    }

    [Fact]
    public async Task AnItemComesWithItsAuthorsSummary()
    {
        await CellRun.Of(_session, "/// <summary>Twice <paramref name=\"x\"/>.</summary>\nint Twice(int x) => 2 * x;");
        Assert.Equal("Twice `x`.", Assert.Single(await Complete("Twic|")).Documentation);
    }
}
