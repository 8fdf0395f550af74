using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Notebooks.Session.Language;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>Code that would overflow the compiler's stack and end the process, and these tests with it.</summary>
public sealed class CellDepthTests : IDisposable
{
    private const int Times = 20_000;

    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("", "(", "")]
    [InlineData("", "[", "")]
    [InlineData("", "{ ", "")]
    [InlineData("", "A<", "")]
    [InlineData("", "A<(", "")]
    [InlineData("", "$\"{", "")]
    [InlineData("", "(\")\" + ", "")]
    [InlineData("$\"{", "(\")\" + ", "")]
    [InlineData("var x = ", "!", "true;")]
    [InlineData("var x = ", "- ", "1;")]
    [InlineData("a", ".a", "")]
    [InlineData("a", "?.a", "")]
    [InlineData("var x = y", "!", ";")]
    [InlineData("var x = \"\"", " + \"a\"", ";")]
    [InlineData("F", "()", "")]
    [InlineData("int", "*", " x;")]
    [InlineData("int", "[]", " x;")]
    [InlineData("a", ".a", " x;")]
    [InlineData("using a", ".a", ";")]
    [InlineData("namespace a", ".a", " { }")]
    [InlineData("", "await ", "x")]
    [InlineData("", "if (true) ", ";")]
    [InlineData("", "if (true) ; else ", ";")]
    [InlineData("var x = ", "x => ", "1;")]
    [InlineData("var x = ", "true ? 1 : ", "1;")]
    [InlineData("var x = ", "(int)", "1;")]
    [InlineData("", "class A { ", "")]
    [InlineData("", "delegate*<", "")]
    [InlineData("var x = o is ", "not ", "null;")]
    [InlineData("var x = o is ", "{ A: ", "")]
    [InlineData("var x = ", "1 switch { _ => ", "")]
    [InlineData("", "#if A\n", "")]
    [InlineData("/// ", "<a>", "\nint x;")]
    public async Task DeepCodeIsAnsweredOrRefused(string start, string part, string end)
    {
        var code = start + string.Concat(Enumerable.Repeat(part, Times)) + end;
        var cancellationToken = TestContext.Current.CancellationToken;
        _session.IsComplete(code);
        Assert.NotNull(await _session.CompleteAsync(code, code.Length, cancellationToken));
        await _session.InspectAsync(code, code.Length, cancellationToken);
        await _session.HelpWithSignatureAsync(code, code.Length, cancellationToken);
        await _session.DiagnoseAsync(code, cancellationToken);
        await CellRun.Of(_session, code, cancellationToken);
        Assert.Equal("2", (await CellRun.Of(_session, "1 + 1", cancellationToken)).Result);
    }

    [Fact]
    public async Task ARefusalNamesThePlace()
    {
        var run = await CellRun.Of(
            _session, "1;\nvar x = " + new string('(', CellDepth.MostOpen + 1), TestContext.Current.CancellationToken);
        Assert.StartsWith(
            $"(2,{9 + CellDepth.MostOpen}): error depth: Code is nested too deeply here: at most 256 brackets may be open at once.",
            run.Error.Value,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new[] { ", "(1, 2), ", "}.Length")]
    [InlineData("", "Math.Max(1, 2 < 3 ? 1 : 0);\n", "1000")]
    [InlineData("", "// (((\n", "1000")]
    [InlineData("\"", "((", "\".Length / 2")]
    public async Task ManyBracketsThatAreNotNestedRun(string start, string part, string end)
    {
        var code = start + string.Concat(Enumerable.Repeat(part, 1000)) + end;
        Assert.Equal(CompletenessStatus.Complete, _session.IsComplete(code).Status);
        Assert.Equal("1000", (await CellRun.Of(_session, code, TestContext.Current.CancellationToken)).Result);
    }
}
