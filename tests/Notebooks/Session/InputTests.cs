using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class InputTests
{
    private static CSharpSession Asking(Func<string, bool, Task<string?>>? ask) => new(new SessionOptions { ReadInput = ask });

    private static Task<CellRun> Run(CSharpSession session, string code, CancellationToken? cancellationToken = null) =>
        CellRun.Of(session, code, cancellationToken ?? TestContext.Current.CancellationToken);

    [Fact]
    public async Task ReadLineAsksTheReader()
    {
        var answers = new Queue<string?>(["Alice", "42", null]);
        using var session = Asking((_, _) => Task.FromResult(answers.Dequeue()));
        Assert.Equal("Alice is 42", (await Run(session, "$\"{Console.ReadLine()} is {Console.ReadLine()}\"")).Result);
        Assert.Equal("null", (await Run(session, "Console.ReadLine()")).Result);
    }

    [Fact]
    public async Task TextWrittenBeforeAQuestionIsShownBeforeIt()
    {
        var shown = new List<string>();
        using var session = Asking((_, _) =>
        {
            shown.Add("asked");
            return Task.FromResult<string?>("x");
        });
        await session.ExecuteAsync("Console.Write(\"Name: \"); Console.ReadLine();",
            output => shown.Add(output.GetType().Name), TestContext.Current.CancellationToken);
        Assert.Equal(["StreamOutput", "asked"], shown);
    }

    [Fact]
    public async Task PromptsAndSecretsReachTheFrontEnd()
    {
        using var session = Asking((prompt, isSecret) => Task.FromResult<string?>($"{prompt}{isSecret}"));
        Assert.Equal(
            "a False, b True", (await Run(session, "$\"{await GetInputAsync(\"a \")}, {await GetPasswordAsync(\"b \")}\"")).Result);
    }

    [Fact]
    public async Task CharactersAreReadOffTheLine()
    {
        var answers = new Queue<string?>(["ab", null]);
        using var session = Asking((_, _) => Task.FromResult(answers.Dequeue()));
        Assert.Equal(
            "97 98 10 -1", (await Run(session, "$\"{Console.Read()} {Console.Read()} {Console.Read()} {Console.Read()}\"")).Result);
    }

    [Fact]
    public async Task InputWithoutAReaderIsAtItsEnd()
    {
        using var session = Asking(null);
        Assert.Equal(
            "True", (await Run(session, "Console.ReadLine() is null && Console.Read() == -1 && Console.In.ReadToEnd() == \"\"")).Result);
    }

    [Fact]
    public async Task AnUnansweredQuestionIsInterrupted()
    {
        using var interrupt = new CancellationTokenSource();
        using var session = Asking(async (_, _) =>
        {
            await interrupt.CancelAsync();
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
            return null;
        });
        Assert.Equal("Interrupted", (await Run(session, "Console.ReadLine()", interrupt.Token)).Error.Name);
    }
}
