using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Notebooks.Session.Language;
using LlmRabbitHoles.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>The session's diagnostics for a cell before it runs.</summary>
public sealed class DiagnosticTests : IDisposable
{
    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    private Task<IReadOnlyList<CellDiagnostic>> Diagnose(string cell) =>
        _session.DiagnoseAsync(cell, TestContext.Current.CancellationToken);

    [Fact]
    public async Task AnErrorNamesItsPlace()
    {
        var error = Assert.Single(await Diagnose("var x = 1;\nint y = nothing;"));
        Assert.Equal(("CS0103", DiagnosticSeverity.Error), (error.Id, error.Severity));
        Assert.Equal(new LinePositionSpan(new LinePosition(1, 8), new LinePosition(1, 15)), error.Span);
        Assert.Equal("(2,9): error CS0103: The name 'nothing' does not exist in the current context", error.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 + 1")]
    [InlineData("var x = 1; x")]
    [InlineData("#!time\n1 + 1")]
    [InlineData("using var x = new System.IO.MemoryStream();")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("#r \"nuget: Humanizer, 2.14.1\"\n1 + 1")]
    [InlineData("string? name = null;")]
    [InlineData("display(1);")]
    public async Task ACellThatRunsIsClean(string cell) => Assert.Empty(await Diagnose(cell));

    [Theory]
    [InlineData("var x = 3;)", "CS7017")]
    [InlineData("int F() { return 1; return 2; }", "CS0162")]
    [InlineData("[Obsolete] class Old { } new Old()", "CS0612")]
    [InlineData("\"abc", "CS1010")]
    [InlineData("#r \"nuget: \"", "nuget")]
    [InlineData("#r \"NoSuchFile.dll\"", "CS0006")]
    public async Task CompilerDiagnosticsAreReported(string cell, string id) =>
        Assert.Contains(id, (await Diagnose(cell)).Select(found => found.Id));

    [Fact]
    public async Task EarlierCellsAreVisibleToDiagnostics()
    {
        Assert.NotEmpty(await Diagnose("before + 1"));
        await CellRun.Of(_session, "var before = 1;");
        Assert.Empty(await Diagnose("before + 1"));
        await CellRun.Of(_session, "var before = \"text\";");
        Assert.Empty(await Diagnose("before.Length"));
    }
}
