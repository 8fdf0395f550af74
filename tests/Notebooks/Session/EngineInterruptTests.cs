using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>Loops in the engine, compiled long before the cell, stop too.</summary>
public sealed class EngineInterruptTests : IDisposable
{
    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    private async Task<CellRun> Run(string code)
    {
        var run = await CellRun.Of(_session, code, TestContext.Current.CancellationToken);
        Assert.True(run.Outcome.Succeeded, string.Join('\n', run.Outputs));
        return run;
    }

    [Fact]
    public async Task AGenerationIsInterruptedAndTheModelGoesOn()
    {
        await Run($"#r \"LlmRabbitHoles.Engine\"\n{Probe.Reference}using LlmRabbitHoles;\nusing LlmRabbitHoles.Generation;\n" +
            $"var model = LanguageModel.Load(\"{ModelFolder.Named("alice-draft")}\", \"cpu\");");
        const string answer = "string.Join(\" \", new TextGenerator(model).Generate([1, 2, 3], " +
            "new GenerationOptions { MaxTokens = 8, StopTokens = [] }).Tokens)";
        var before = (await Run(answer)).Result;
        Assert.NotNull(before);
        using var interrupt = new CancellationTokenSource();
        var outputs = new List<Documents.CellOutput>();
        await _session.ExecuteAsync(
            "Probe.WriteForEver(model);",
            output =>
            {
                outputs.Add(output);
                interrupt.Cancel();
            },
            interrupt.Token);
        Assert.Equal("Interrupted", Assert.IsType<Documents.ErrorOutput>(outputs[^1]).Name);
        Assert.Equal(before, (await Run(answer)).Result);
    }
}
