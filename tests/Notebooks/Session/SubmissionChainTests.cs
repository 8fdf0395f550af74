using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Tests;
using Microsoft.CodeAnalysis.Scripting;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>What later cells see of earlier ones, and what is unloaded.</summary>
public sealed class SubmissionChainTests : IDisposable
{
    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    private async Task<string?> ResultOf(params string[] cells)
    {
        CellRun? last = null;
        foreach (var cell in cells)
        {
            last = await CellRun.Of(_session, cell, TestContext.Current.CancellationToken);
            Assert.True(last.Outcome.Succeeded, string.Join('\n', last.Outputs));
        }

        return last!.Result;
    }

    [Fact]
    public async Task AnonymousTypesGoFromCellToCell() => Assert.Equal("4", await ResultOf(
        "var a = new { X = 1, Y = \"one\" };", "1 + 1", "var b = new { X = 2, Y = \"two\" };",
        "a = b; var c = new[] { a, new { X = 2, Y = \"two\" } };", "c.Sum(one => one.X)"));

    [Fact]
    public async Task FunctionsKeepTheVariablesTheyWereWrittenWith() => Assert.Equal("1 2", await ResultOf(
        "var x = 1; int F() => x;", "var x = 2; int G() => x;", "$\"{F()} {G()}\""));

    [Fact]
    public async Task TypesOfEarlierCellsCanBeInherited() => Assert.Equal("3", await ResultOf(
        "record Animal(string Name) { public virtual int Legs => 4; }",
        "record Tripod() : Animal(\"tripod\") { public override int Legs => 3; }", "Animal one = new Tripod();", "one.Legs"));

    [Fact]
    public async Task ExtensionsAndAliasesLastForTheSession() => Assert.Equal("6", await ResultOf(
        "static int Twice(this int v) => 2 * v;", "using Numbers = System.Collections.Generic.List<int>;",
        "new Numbers { 1, 2 }.Sum().Twice()"));

    [Fact]
    public async Task NamesFromPatternsAndOutArgumentsLastForTheSession() => Assert.Equal("7", await ResultOf(
        "int.TryParse(\"3\", out var n);", "object o = 4; if (o is not int m) throw new Exception();", "n + m"));

    [Fact]
    public async Task DynamicAndUnsafeCellsRun() => Assert.Equal("5", await ResultOf(
        "dynamic d = 2; unsafe int At(int[] a, int i) { fixed (int* p = a) return p[i]; }", "(int)d + At([1, 3], 1)"));

    [Fact]
    public async Task ACellThatFailsBeforeItsDeclarationsStillDeclares() => Assert.Equal("0", await ResultOf(
        "try { } finally { }", "var first = 1;", "first - 1"));

    [Fact]
    public async Task AFunctionOfACellThatIsForgottenRunsOn()
    {
        await ResultOf("Func<int> kept;", "kept = () => { var local = 20; return 2 * local + 2; };", "1", "GC.GetTotalMemory(true) > 0");
        Assert.Equal("42", await ResultOf("kept()"));
    }

    [Fact]
    public async Task RepeatedCellsKeepTheirMeaning()
    {
        for (var round = 1; round <= 3; round++)
        {
            Assert.Equal($"{round} {2 * round} {2 * round + 1}", await ResultOf(
                "using System.IO;", $"var x = {round};", "int Twice() => 2 * x;", "record Pair(int A, int B);",
                "var pair = new Pair(x, Twice());", "var path = new FileInfo(\"f\");",
                "int Next(Pair p) => p.B + 1;", "$\"{pair.A} {pair.B} {Next(pair)}\""));
        }
    }

    [Fact]
    public async Task AnEarlierDeclarationStaysVisibleToCodeWrittenWithIt() => Assert.Equal("1 2 text", await ResultOf(
        "class A { public int V => 1; }", "A Make() => new A();", "class A { public string V => \"text\"; }",
        "var old = Make();", "A Make() => new A();", "int old2 = 2;", "$\"{old.V} {old2} {Make().V}\""));

    [Fact]
    public async Task OverloadsDoNotHideEachOther() => Assert.Equal("int text", await ResultOf(
        "string F(int v) => \"int\";", "string F(string v) => v;", "$\"{F(1)} {F(\"text\")}\""));

    [Theory]
    [InlineData("Math.Max(1, 2)", "var x = 1;")]
    [InlineData("var x = 1;", "var x = 2;")]
    [InlineData("int F() => 1; class A { }", "class A { } int F() => 2;")]
    public async Task ACellThatNothingCanNameIsUnloaded(string code, string later)
    {
        var chain = CreateChain();
        var gone = await RunAsync(chain, code);
        var kept = await RunAsync(chain, later);
        // Unloading takes some collections.
        for (var round = 0; round < 50 && gone.IsAlive; round++)
        {
            _ = GC.GetTotalMemory(forceFullCollection: true);
            GC.WaitForPendingFinalizers();
        }

        Assert.False(gone.IsAlive);
        Assert.True(kept.IsAlive);
        GC.KeepAlive(chain);
    }

    [Theory]
    [InlineData("var x = 1;", "var y = 1;")]
    [InlineData("using System.Text; var x = 1;", "var x = 2;")]
    [InlineData("var x = 1; var y = 1;", "var x = 2;")]
    [InlineData("var x = new { A = 1 };", "var x = 2;")]
    [InlineData("int F() => 1;", "int F(int x) => 2;")]
    public async Task ACellThatIsInUseStays(string code, string later)
    {
        var chain = CreateChain();
        await RunAsync(chain, code);
        await RunAsync(chain, later);
        Assert.Equal(2, chain.Count);
    }

    private static SubmissionChain CreateChain()
    {
        var assemblies = new SessionAssemblies();
        return new SubmissionChain(
            ScriptOptions.Default.WithReferences(HostReferences.Defaults).WithImports("System").WithMetadataResolver(
                new HostReferences(Path.GetTempPath(), assemblies)), assemblies);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> RunAsync(SubmissionChain chain, string code)
    {
        var cell = chain.Load(chain.Continue(code, "cell", [], CancellationToken.None), CancellationToken.None);
        await chain.Start(cell).Running;
        return new WeakReference(AssemblyLoadContext.GetLoadContext(cell.Start!.Method.Module.Assembly));
    }
}
