using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class CellCommandsFacts : IDisposable
{
    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    private Task<CellRun> Run(string code) => CellRun.Of(_session, code, TestContext.Current.CancellationToken);

    [Fact]
    public async Task TimeSaysHowLongTheCellTook()
    {
        var run = await Run("#!time\n6 * 7");
        Assert.Equal("42", run.Result);
        Assert.Matches(@"^Wall time: [\d.]+ m?s\n$", run.Stdout);
    }

    [Fact]
    public async Task WhoNamesTheVariables()
    {
        await Run("var one = 1; int two = 2; void F() { } class C { }");
        await Run("var words = new[] { \"a\" };");
        Assert.Equal("one  two  words\n", (await Run("#!who")).Stdout);
    }

    [Fact]
    public async Task WhosListsTypesAndValuesOfTheNewest()
    {
        await Run("var x = 1;");
        await Run("var x = \"text\"; List<int> numbers = [1, 2];");
        var shown = Assert.IsType<DisplayOutput>(Assert.Single((await Run("#!whos")).Outputs));
        var lines = shown.Data[MimeBundle.PlainText]!.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();
        Assert.Contains("x string text", lines);
        Assert.Contains(lines, line => line.StartsWith("numbers List<int> ", StringComparison.Ordinal));
        Assert.DoesNotContain("x int 1", lines);
    }

    [Fact]
    public async Task NamingTheLanguageChangesNothing() => Assert.Equal("2", (await Run("#!csharp\n1 + 1")).Result);

    [Theory]
    [InlineData("1;\n#!javascript\nalert(1)", "(2,1): error: '#!javascript' is none of this kernel's commands")]
    [InlineData("  #!import x.ipynb", "(1,1): error: '#!import' is none of this kernel's commands")]
    public async Task AnotherKernelsCommandIsRefused(string code, string message)
    {
        var error = (await Run(code)).Error;
        Assert.Equal("CompilationError", error.Name);
        Assert.StartsWith(message, error.Value, StringComparison.Ordinal);
        Assert.Contains("#!csharp, #!time, #!who, #!whos; its cells are C#", error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACommandDoesNotMoveTheLinesOfErrors() =>
        Assert.Equal("(2,9): error CS0103: The name 'y' does not exist in the current context", (await Run("#!time\nvar x = y;")).Error.Value);
}
