using System.CommandLine;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Measures throughput against batch size, beside the single stream.</summary>
internal sealed class BenchBatchingCommand : BenchModelCommand<BatchingJson>
{
    private const int MostRows = 1024;
    private readonly Option<int[]?> _batch = NumberListOption.Create("--batch", "1,4,16",
        "Texts at the same time, several numbers with commas between. Default: 1,4,16.", least: 1, most: MostRows);

    private readonly Option<int?> _prompt = NumberOption.Create<int>("--prompt-tokens", "N",
        "Tokens of each prompt. Default: 32.", n => n >= 1, "a whole number of 1 or more");

    private readonly Option<int?> _tokens = NumberOption.Create<int>("--max-tokens", "N",
        "Tokens that each text gets. Default: 64.", n => n >= 2, "a whole number of 2 or more");

    private readonly Option<int?> _repeat = RepeatOption.Create();

    public BenchBatchingCommand() : base("batching",
        "Measure tokens a second against batch size, beside one text at a time; each text must have its own tokens.",
        "./rabbit bench batching",
        "./rabbit bench batching --batch 1,2,4,8,16,32 --format json --out bench/results/batching.json")
    {
        AddOptions(_batch, _prompt, _tokens, _repeat);
    }

    protected override BatchingJson Measure(LanguageModel model, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (prompt, tokens) = (parsed.GetValue(_prompt) ?? 32, parsed.GetValue(_tokens) ?? 64);
        if ((long)prompt + tokens > model.Config.ContextLength)
            throw new WorkFailedException($"The model's context holds {model.Config.ContextLength} tokens, and a prompt of {prompt} with " +
                $"{tokens} new ones takes {(long)prompt + tokens}. Lower --prompt-tokens or --max-tokens.");
        var measurement = new BatchingMeasurement(model, prompt, tokens, parsed.GetValue(_repeat) ?? RepeatOption.Usual);
        var sizes = parsed.GetValue(_batch) is { Length: > 0 } given ? given : [1, 4, 16];
        return measurement.Run(sizes, cancellationToken) with { Run = BenchRun.Of(parsed, model) };
    }

    protected override bool Holds(BatchingJson result) => result.Mismatched == 0;

    protected override void WriteTable(BatchingJson result)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var title in new[] { "batch", "tokens/s", "of each text", "step", "speedup", "GFLOP/s" })
            table.AddColumn(new TableColumn(title).RightAligned());
        var (single, gflops) = result.SingleStream;
        AddRow("alone", single, single, 1000 / single, 1, gflops);
        foreach (var row in result.Rows) AddRow($"{row.Batch}", row.TokensPerSecond, row.PerStream, row.StepMs, row.Speedup, row.Gflops);
        Terminal.Result.Write(table);
        Terminal.Result.WriteLine($"{result.Mismatched} of {result.Compared} texts have other tokens than alone. " +
            $"This machine multiplies matrices at {result.MachineGflops:0} GFLOP/s.");

        void AddRow(string batch, double all, double each, double step, double speedup, double gflops) => table.AddRow(
            new Text(batch), new Text($"{all:0}"), new Text($"{each:0}"), new Text($"{step:0.0} ms"), new Text($"{speedup:0.00}"),
            new Text($"{gflops:0.0}"));
    }
}
