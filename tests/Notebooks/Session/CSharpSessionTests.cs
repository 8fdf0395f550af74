using System.Collections.Concurrent;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class CSharpSessionTests : IDisposable
{
    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    private async Task<CellRun> Run(string code)
    {
        var run = await CellRun.Of(_session, code, TestContext.Current.CancellationToken);
        Assert.Equal(run.Outcome.Succeeded, !run.Outputs.OfType<ErrorOutput>().Any());
        return run;
    }

    private async Task<string?> ResultOf(params string[] cells)
    {
        CellRun? last = null;
        foreach (var cell in cells)
        {
            last = await Run(cell);
            Assert.True(last.Outcome.Succeeded, string.Join('\n', last.Outputs));
        }

        return last!.Result;
    }

    [Fact]
    public async Task StateGoesFromCellToCell() =>
        Assert.Equal("42", await ResultOf("var x = 20;", "int Twice(int v) => 2 * v;", "x++;", "Twice(x)"));

    [Fact]
    public async Task ALaterDeclarationHidesAnEarlierOne() =>
        Assert.Equal("5", await ResultOf("var x = 1; class A { public int V => 1; }",
            "var x = \"four\"; class A { public int V => 5; }", "x == \"four\" ? new A().V : 0"));

    [Fact]
    public async Task TopLevelAwaitWorks() =>
        Assert.Equal("7", await ResultOf("async Task<int> F() { await Task.Delay(1); return 7; }", "await F()"));

    [Fact]
    public async Task WaitingForATaskDoesNotDeadlock() =>
        Assert.Equal("7", await ResultOf("async Task<int> F() { await Task.Delay(1); return 7; }", "F().Result"));

    [Fact]
    public async Task TheUsualNamespacesNeedNoUsing() => Assert.Equal(
        "3", await ResultOf("var b = new StringBuilder(); IEnumerable e = new List<int> { 1 }; Task t = Task.CompletedTask; " +
            "Math.Max(new[] { 1, 2 }.Sum(), 0)"));

    [Fact]
    public async Task AUsingLastsForTheSession() => Assert.Equal("True", await ResultOf("using System.IO;", "Directory.Exists(\".\")"));

    [Fact]
    public async Task ModernLibrariesAreAvailable() => Assert.Equal(
        "[1,2]",
        await ResultOf("System.Text.Json.JsonSerializer.Serialize(System.Collections.Frozen.FrozenSet.ToFrozenSet([1, 2]).Order())"));

    [Fact]
    public async Task ACellThatEndsInASemicolonGivesNoResult()
    {
        Assert.Null((await Run("1 + 1;")).Result);
        Assert.Null((await Run("var y = 2;")).Result);
        Assert.Null((await Run("Console.Write(\"\")")).Result);
        Assert.Null((await Run("await Task.Delay(1)")).Result);
    }

    [Fact]
    public async Task ATrailingNullIsShown() => Assert.Equal("null", (await Run("(string)null")).Result);

    [Fact]
    public async Task AnEmptyCellDoesNotCount()
    {
        Assert.Null((await Run(" \n")).Outcome.ExecutionCount);
        Assert.Equal(1, (await Run("// nothing")).Outcome.ExecutionCount);
        Assert.Equal(2, (await Run("1")).Outcome.ExecutionCount);
    }

    [Fact]
    public async Task TheConsoleIsCaptured()
    {
        var run = await Run("Console.WriteLine(\"out\"); Console.Error.Write(\"err\"); Console.Write('c'); Console.WriteLine(1.5);");
        Assert.Equal("out\nc1.5\n", run.Stdout);
        Assert.Equal("err", run.Stderr);
    }

    [Fact]
    public async Task OtherThreadsWriteToTheCellThatStartedThem()
    {
        var run = await Run("var t = new System.Threading.Thread(() => Console.Write(\"thread \")); t.Start(); t.Join(); " +
            "await Task.Run(() => Console.Write(\"pool\"));");
        Assert.Equal("thread pool", run.Stdout);
    }

    [Fact]
    public async Task TwoSessionsDoNotCaptureEachOthersOutput()
    {
        using var other = new CSharpSession();
        const string chatter = "for (var i = 0; i < 50; i++) {{ Console.Write(\"{0}\"); await Task.Delay(1); }}";
        var runs = await Task.WhenAll(
            Run(string.Format(chatter, "a")), CellRun.Of(other, string.Format(chatter, "b"), TestContext.Current.CancellationToken));
        Assert.Equal(new string('a', 50), runs[0].Stdout);
        Assert.Equal(new string('b', 50), runs[1].Stdout);
    }

    [Fact]
    public async Task TextStreamsWhileTheCellRuns()
    {
        var first = new TaskCompletionSource<CellOutput>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = _session.ExecuteAsync(
            "Console.Write(\"early\"); while (!System.IO.File.Exists(stop)) await Task.Delay(5);".Replace(
                "stop", "Environment.GetEnvironmentVariable(\"STREAMING\")", StringComparison.Ordinal),
            output => first.TrySetResult(output), TestContext.Current.CancellationToken);
        using var folder = new ScratchFolder();
        Environment.SetEnvironmentVariable("STREAMING", Path.Combine(folder.Path, "stop"));
        Assert.Equal(new StreamOutput("stdout", "early"), await first.Task);
        Assert.False(running.IsCompleted);
        folder.Write("stop", "");
        Assert.True((await running).Succeeded);
    }

    [Fact]
    public async Task OutputsKeepTheirOrder()
    {
        var run = await Run("Console.Write(\"a\"); 1.Display(); Console.Write(\"b\"); display(2); Console.Write(\"c\"); 3");
        Assert.Equal(
            ["StreamOutput", "DisplayOutput", "StreamOutput", "DisplayOutput", "StreamOutput", "ResultOutput"],
            run.Outputs.Select(output => output.GetType().Name));
    }

    [Theory]
    [InlineData("1.Display()")]
    [InlineData("display(1)")]
    public async Task ADisplayedValueIsNotShownAgainAsTheResult(string code) =>
        Assert.IsType<DisplayOutput>(Assert.Single((await Run(code)).Outputs));

    [Fact]
    public async Task AnUpdateNamesTheDisplayWhosePlaceItTakes()
    {
        var run = await Run("var first = 1.Display(); var second = 2.Display(); first.Update(\"one\");");
        var shown = run.Outputs.Cast<DisplayOutput>().ToList();
        Assert.Equal(
            [("1", false), ("2", false), ("one", true)], shown.Select(output => (output.Data[MimeBundle.PlainText], output.IsUpdate)));
        Assert.Equal(shown[0].DisplayId, shown[2].DisplayId);
        Assert.NotEqual(shown[0].DisplayId, shown[1].DisplayId);
    }

    [Theory]
    [InlineData("HTML(\"<b>1 &lt; 2</b>\")")]
    [InlineData("HTML(\"<b>1 &lt; 2</b>\").Display();")]
    [InlineData("display(HTML(\"<b>1 &lt; 2</b>\"));")]
    public async Task HypertextIsDisplayedAsSuch(string code)
    {
        var shown = Assert.IsType<DisplayOutput>(Assert.Single((await Run(code)).Outputs));
        Assert.Equal("<b>1 &lt; 2</b>", shown.Data[MimeBundle.Html]);
        Assert.Equal("1 < 2", shown.Data[MimeBundle.PlainText]);
    }

    [Fact]
    public async Task StylesAndScriptsReachThePage()
    {
        var run = await Run("CSS(\"b { color: red }\"); Javascript(\"alert(1)\");");
        Assert.Equal(
            ["<style>b { color: red }</style>", "<script type=\"text/javascript\">alert(1)</script>"],
            run.Outputs.Cast<DisplayOutput>().Select(output => output.Data[MimeBundle.Html]));
    }

    [Fact]
    public async Task TooMuchOutputIsCutWithANote()
    {
        using var session = new CSharpSession(new SessionOptions { OutputLimit = 1000 });
        var run = await CellRun.Of(session, "for (var i = 0; i < 1000; i++) Console.WriteLine(\"twelve chars\"); \"kept out\"",
            TestContext.Current.CancellationToken);
        Assert.Equal(1000, run.Stdout.Length);
        Assert.Contains("[cut: a cell may show 1,000 characters", run.Stderr, StringComparison.Ordinal);
        Assert.Null(run.Result);
    }

    [Fact]
    public async Task ACompileErrorNamesTheCellsLine()
    {
        var run = await Run("var a = 1;\nvar b = 2");
        Assert.Equal("CompilationError", run.Error.Name);
        Assert.Equal("(2,10): error CS1002: ; expected", run.Error.Value);
    }

    [Fact]
    public async Task ACompileErrorBehindALoopNamesTheColumnAsItWasWritten() => Assert.Equal(
        "(2,36): error CS0103: The name 'j' does not exist in the current context",
        (await Run("var s = 0;\nfor (var i = 0; i < 9; i++) { s += j; }")).Error.Value);

    [Fact]
    public async Task AnExceptionInALoopNamesItsLine()
    {
        var error = (await Run("foreach (var i in new[] { 1 })\n{\n  // why\n  throw new Exception(\"in a loop\");\n}")).Error;
        Assert.Equal(["System.Exception: in a loop", "   at cell 1, line 4"], error.Traceback);
    }

    [Fact]
    public async Task AnExceptionNamesTheCellsLinesAndNothingOfTheKernel()
    {
        await Run("int Half(int v) {\n  if (v % 2 == 1)\n    throw new InvalidOperationException($\"{v} is odd\");\n  return v / 2;\n}");
        var error = (await Run("var three = 3;\n\nHalf(three)")).Error;
        Assert.Equal("System.InvalidOperationException", error.Name);
        Assert.Equal("3 is odd", error.Value);
        Assert.Equal(
            ["System.InvalidOperationException: 3 is odd", "   at Half in cell 1, line 3", "   at cell 2, line 3"], error.Traceback);
    }

    [Fact]
    public async Task AnExceptionAfterAnAwaitNamesTheCellsLines()
    {
        var error = (await Run("async Task Fail() {\n  await Task.Yield();\n  throw new Exception(\"late\");\n}\nawait Fail();")).Error;
        Assert.Equal(["System.Exception: late", "   at Fail in cell 1, line 3", "   at cell 1, line 5"], error.Traceback);
    }

    [Fact]
    public async Task HiddenStackFramesAreLeftOut()
    {
        var error = (await Run("[System.Diagnostics.StackTraceHidden] void Throw() => throw new Exception(\"hidden\");\nThrow();")).Error;
        Assert.Equal(["System.Exception: hidden", "   at cell 1, line 2"], error.Traceback);
    }

    [Fact]
    public async Task InnerExceptionsAreNamed()
    {
        var error = (await Run("try { int.Parse(\"x\"); } catch (Exception e) { throw new ArgumentException(\"outer\", e); }")).Error;
        Assert.Equal("System.ArgumentException: outer", error.Traceback[0]);
        Assert.Equal(" ---> System.FormatException: The input string 'x' was not in a correct format.", error.Traceback[1]);
    }

    [Fact]
    public async Task VariablesSetBeforeAThrowAreKept()
    {
        await Run("var kept = 5; throw new Exception();");
        Assert.Equal("5", (await Run("kept")).Result);
    }

    [Fact]
    public async Task ACellThatDoesNotCompileKeepsTheState()
    {
        await Run("var x = 1;");
        await Run("var x = ;");
        Assert.Equal("1", (await Run("x")).Result);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("while (true);")]
    [InlineData("for (;;)\n{\n}")]
    [InlineData("do before++; while (true);")]
    [InlineData("foreach (var i in System.Linq.Enumerable.Repeat(1, int.MaxValue)) foreach (var (a, b) in new[] { (1, 2) }) { }")]
    [InlineData("while (true) try { await Task.Delay(1); throw new Exception(); } catch { }")]
    [InlineData("System.Threading.Tasks.Parallel.For(0, 2, _ => { while (true) { } });")]
    [InlineData("new TaskCompletionSource<int>().Task.Result")]
    [InlineData("while (true) System.Threading.Thread.Sleep(10);")]
    [InlineData("await Task.Delay(-1, System.Threading.CancellationToken.None);")]
    [InlineData("lock (new object()) System.Threading.Thread.Sleep(-1);")]
    public async Task AnEndlessCellIsInterrupted(string code)
    {
        await Run("var before = 3;");
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var run = await CellRun.Of(_session, code, interrupt.Token).WaitAsync(
            TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal("Interrupted", run.Error.Name);
        Assert.True((await Run("before")).Outcome.Succeeded);
    }

    [Fact]
    public async Task AnInterruptNeverTearsTheOutput()
    {
        using var session = new CSharpSession(new SessionOptions { OutputLimit = int.MaxValue });
        await CellRun.Of(session, "1", TestContext.Current.CancellationToken);
        for (var round = 0; round < 10; round++)
        {
            using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(100 + 7 * round));
            var run = await CellRun.Of(
                session, "for (var i = 0; ; i++) { Console.Write($\"{i}\\n\"); if (i % 1000 == 0) i.Display(); }", interrupt.Token);
            Assert.Equal("Interrupted", run.Error.Name);
            var lines = run.Stdout.Split('\n');
            Assert.Equal(Enumerable.Range(0, lines.Length - 1).Select(i => i.ToString()), lines.SkipLast(1));
        }
    }

    [Fact]
    public async Task AThreadLeftBehindStillWritesToItsCell()
    {
        var outputs = new ConcurrentQueue<CellOutput>();
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _session.ExecuteAsync(
            "_ = Task.Run(async () => { await Task.Delay(300); Console.Write(\"late\"); });",
            output => { outputs.Enqueue(output); late.TrySetResult(); }, TestContext.Current.CancellationToken);
        await Run("1");
        await late.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal([new StreamOutput("stdout", "late")], outputs);
    }

    [Fact]
    public async Task CellsShareAThread() =>
        Assert.Equal(
            "True", await ResultOf("var thread = Environment.CurrentManagedThreadId;", "thread == Environment.CurrentManagedThreadId"));

    [Fact]
    public async Task LoadResolvesAgainstTheFolder()
    {
        using var folder = new ScratchFolder();
        folder.Write("parts/answer.csx", "int Answer() => 42;");
        using var session = new CSharpSession(new SessionOptions { WorkingDirectory = folder.Path });
        var run = await CellRun.Of(session, "#load \"parts/answer.csx\"\nAnswer()", TestContext.Current.CancellationToken);
        Assert.Equal("42", run.Result);
    }

    [Fact]
    public async Task AnErrorInALoadedFileNamesTheFile()
    {
        using var folder = new ScratchFolder();
        folder.Write("broken.csx", "int x = 1;\nint y = \"\";");
        using var session = new CSharpSession(new SessionOptions { WorkingDirectory = folder.Path });
        var run = await CellRun.Of(session, "#load \"broken.csx\"", TestContext.Current.CancellationToken);
        Assert.Contains("broken.csx(2,9): error CS0029", run.Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReferencesResolveAgainstTheFolderAndGiveTheHostsOwnTypes()
    {
        using var folder = new ScratchFolder();
        var engine = typeof(LlmRabbitHoles.Model.DecoderConfig).Assembly;
        Directory.CreateDirectory(Path.Combine(folder.Path, "bin"));
        File.Copy(engine.Location, Path.Combine(folder.Path, "bin", "LlmRabbitHoles.Engine.dll"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "notebooks"));
        using var session = new CSharpSession(new SessionOptions { WorkingDirectory = Path.Combine(folder.Path, "notebooks") });
        var outputs = new ConcurrentQueue<CellOutput>();
        await session.ExecuteAsync("#r \"../bin/LlmRabbitHoles.Engine.dll\"", outputs.Enqueue, TestContext.Current.CancellationToken);
        await session.ExecuteAsync("using LlmRabbitHoles.Model;", outputs.Enqueue, TestContext.Current.CancellationToken);
        var run = await CellRun.Of(session, "typeof(DecoderConfig).Assembly.Location", TestContext.Current.CancellationToken);
        Assert.Equal(engine.Location, run.Result);
    }

    [Fact]
    public async Task EveryLibraryOfTheFrameworkCanBeNamed() =>
        Assert.Equal("0", await ResultOf("#r \"System.Data.Common\"", "new System.Data.DataTable().Rows.Count"));

    [Fact]
    public async Task DisplaysShowThemselvesInEveryFormTheyHave()
    {
        var run = await Run("using LlmRabbitHoles.Lessons.Displays;\nTokenStrip.Of([\"The\", \" capital\"], [464, 3139])");
        var result = Assert.IsType<ResultOutput>(Assert.Single(run.Outputs));
        Assert.Equal([MimeBundle.Html, MimeBundle.PlainText], result.Data.MimeTypes);
        Assert.Contains("3139", result.Data[MimeBundle.PlainText], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissingReferenceIsNamed() =>
        Assert.Equal("(1,1): error CS0006: Metadata file 'no/such.dll' could not be found", (await Run("#r \"no/such.dll\"")).Error.Value);
}
