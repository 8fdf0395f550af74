using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>C# script refuses <c>using var x = ...;</c> at the top level; the session does not.</summary>
public sealed class OwnedVariablesTests
{
    private static async Task<CellRun> Run(CSharpSession session, string code)
    {
        var run = await CellRun.Of(session, code, TestContext.Current.CancellationToken);
        Assert.True(run.Outcome.Succeeded, string.Join('\n', run.Outputs));
        return run;
    }

    [Fact]
    public async Task OwnedVariablesLiveAsLongAsTheSessionAndAreDisposedInReverse()
    {
        var topic = Guid.NewGuid().ToString();
        using (var session = new CSharpSession())
        {
            await Run(session, $"{Probe.Reference}using var a = new Probe.Disposable(\"{topic} a\");\n" +
                $"await using var b = new Probe.AsyncDisposable(\"{topic} b\");");
            await Run(session, $"using Probe.Disposable c = new(\"{topic} c\"), d = new(\"{topic} d\");");
            Assert.Equal($"{topic} a", (await Run(session, "a.Word")).Result);
            Assert.Empty(Probe.Said(topic));
        }

        Assert.Equal([$"{topic} d", $"{topic} c", $"{topic} b", $"{topic} a"], Probe.Said(topic));
    }

    [Fact]
    public async Task OwnedVariablesOfABlockEndWithTheBlock()
    {
        var topic = Guid.NewGuid().ToString();
        using var session = new CSharpSession();
        await Run(session, $"{Probe.Reference}{{ using var a = new Probe.Disposable(\"{topic}\"); }}\nProbe.Say(\"{topic} after\");");
        Assert.Equal([topic, $"{topic} after"], Probe.Said(topic));
    }

    [Fact]
    public async Task ADeclarationInTheMiddleOfACellKeepsItsColumns()
    {
        using var session = new CSharpSession();
        var run = await CellRun.Of(
            session, "var x = 1; using var m = new System.IO.MemoryStream(y);", TestContext.Current.CancellationToken);
        Assert.Equal("(1,53): error CS0103: The name 'y' does not exist in the current context", run.Error.Value);
    }
}
