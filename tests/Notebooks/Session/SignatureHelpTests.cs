using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Notebooks.Session.Language;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>A bar | in a cell is the cursor.</summary>
public sealed class SignatureHelpTests : IDisposable
{
    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    private Task<SignatureHelp?> Help(string cell) => _session.HelpWithSignatureAsync(
        cell.Remove(cell.IndexOf('|', StringComparison.Ordinal), 1), cell.IndexOf('|', StringComparison.Ordinal),
        TestContext.Current.CancellationToken);

    private async Task<string> ActiveParameterOf(string cell)
    {
        var help = await Help(cell);
        Assert.NotNull(help);
        var active = help.Signatures[help.ActiveSignature];
        return help.ActiveParameter < active.Parameters.Length ? active.Parameters[help.ActiveParameter].Label : "";
    }

    [Fact]
    public async Task EveryOverloadIsOfferedWithItsParameters()
    {
        var help = await Help("Math.Max(1.5, |");
        Assert.NotNull(help);
        Assert.Equal(13, help.Signatures.Length);
        var active = help.Signatures[help.ActiveSignature];
        Assert.Equal("double Math.Max(double val1, double val2)", active.Label);
        Assert.Equal(["double val1", "double val2"], active.Parameters.Select(parameter => parameter.Label));
        Assert.Equal(1, help.ActiveParameter);
    }

    [Theory]
    [InlineData("Math.Pow(|", "double x")]
    [InlineData("Math.Pow(1|)", "double x")]
    [InlineData("Math.Pow(1, |)", "double y")]
    [InlineData("Math.Pow(y: |", "double y")]
    [InlineData("Math.Pow(Math.Sqrt(|), 2)", "double d")]
    [InlineData("Math.Pow(Math.Sqrt(1), |2)", "double y")]
    [InlineData("new Version(1, |", "int minor")]
    [InlineData("Version v = new(1, 2, |", "int build")]
    [InlineData("new Dictionary<string, int>()[|", "string key")]
    [InlineData("\"abc\".Substring(1, |", "int length")]
    [InlineData("new[] { 1 }.Select(|", "Func<int, TResult> selector")]
    [InlineData("[Obsolete(\"why\", |", "bool error")]
    [InlineData("Func<int, int> f = x => x; f(|", "int arg")]
    [InlineData("int Twice(int number) => 2 * number; Twice(|", "int number")]
    [InlineData("string.Format(\"{0}\", 1, 2, 3, 4, 5, |", "params object?[] args")]
    [InlineData("class A(int size) { } class B() : A(|", "int size")]
    [InlineData("class A { public A(int size) { } } class B : A { B() : base(|", "int size")]
    [InlineData("Math.Pow(\n    1,\n    |\n);\nvar next = 3;", "double y")]
    [InlineData("$\"{Math.Pow(1, |", "double y")]
    public async Task TheCursorsArgumentChoosesTheParameter(string cell, string parameter) =>
        Assert.Equal(parameter, await ActiveParameterOf(cell));

    [Theory]
    [InlineData("|")]
    [InlineData("(1, |)")]
    [InlineData("Math.Pow(1, 2)|")]
    [InlineData("Math.Po|w(1, 2)")]
    [InlineData("if (|")]
    [InlineData("nothing.At(|")]
    [InlineData("Task.Run(() => { | })")]
    [InlineData("\"Math.Pow(|\"")]
    [InlineData("// Math.Pow(|")]
    public async Task ACursorOutsideACallGetsNoSignature(string cell) => Assert.Null(await Help(cell));

    [Fact]
    public async Task FunctionsOfEarlierCellsComeWithTheirDocumentation()
    {
        await CellRun.Of(_session,
            "/// <summary>Twice <paramref name=\"x\"/>.</summary>\n/// <param name=\"x\">Any number.</param>\nint Twice(int x) => 2 * x;");
        var help = await Help("Twice(|");
        var twice = Assert.Single(help!.Signatures);
        Assert.Equal(("int Twice(int x)", "Twice `x`."), (twice.Label, twice.Documentation));
        Assert.Equal(new CallParameter("x", "int x", "Any number."), Assert.Single(twice.Parameters));
    }
}
