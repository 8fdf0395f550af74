using System.Collections.Concurrent;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session;

namespace LlmRabbitHoles.Tests;

/// <summary>What came of one cell.</summary>
internal sealed record CellRun(CellOutcome Outcome, IReadOnlyList<CellOutput> Outputs)
{
    public string Stdout => Text("stdout");

    public string Stderr => Text("stderr");

    public ErrorOutput Error => Assert.Single(Outputs.OfType<ErrorOutput>());

    public string? Result => Outputs.OfType<ResultOutput>().SingleOrDefault()?.Data[MimeBundle.PlainText];

    public static async Task<CellRun> Of(CSharpSession session, string code, CancellationToken cancellationToken = default)
    {
        var outputs = new ConcurrentQueue<CellOutput>();
        var outcome = await session.ExecuteAsync(code, outputs.Enqueue, cancellationToken);
        return new CellRun(outcome, [.. outputs]);
    }

    private string Text(string stream) =>
        string.Concat(Outputs.OfType<StreamOutput>().Where(output => output.Name == stream).Select(output => output.Text));
}
