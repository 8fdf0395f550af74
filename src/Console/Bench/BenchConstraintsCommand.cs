using System.CommandLine;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Model;
using Spectre.Console;
using static TorchSharp.torch;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Measures what a grammar costs a step on a large vocabulary.</summary>
internal sealed class BenchConstraintsCommand : RabbitCommand
{
    private const int QwensVocabulary = 151_936;

    private readonly BenchOutput _output = new();

    private readonly Option<int?> _vocabulary = NumberOption.Create<int>("--vocabulary", "N",
        $"Tokens, of GPT-4o's. Default: {QwensVocabulary}, as many as Qwen has.", n => n is >= 1000 and <= 190_000, "from 1000 to 190000");

    private readonly Option<int?> _texts = NumberOption.Create<int>("--texts", "N",
        "Texts under each grammar. Default: 10.", n => n is >= 1 and <= 1000, "from 1 to 1000");

    private readonly Option<int?> _tokens = NumberOption.Create<int>("--max-tokens", "N",
        "The most tokens of a text. Default: 200.", n => n >= 1, "a whole number of 1 or more");

    private readonly Option<bool> _small = new("--small")
    {
        Description = "Compare with a step of a tiny model only: a quick look.",
    };

    public BenchConstraintsCommand() : base("constraints",
        "Measure what a JSON schema, a regular expression and a GBNF grammar cost a step of models of 135 million and 1.1 billion weights.",
        "./rabbit bench constraints",
        "./rabbit bench constraints --out bench/results/constraints.json")
    {
        foreach (Option option in new Option[] { _vocabulary, _texts, _tokens, _small }) Add(option);
        _output.AddTo(this);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        var size = parsed.GetValue(_vocabulary) ?? QwensVocabulary;
        var dtype = ProductDtype.Of(CPU);
        var measurement = new ConstraintsMeasurement(
            LargeVocabulary.Create(size), parsed.GetValue(_texts) ?? 10, parsed.GetValue(_tokens) ?? 200);
        var result = measurement.Run(parsed.GetValue(_small) ? [("tiny", DecoderConfig.Llama(512, 16, 1, 2))] :
        [
            ("135M", DecoderConfig.Llama(49_152, 576, 30, 9, keyValueHeads: 3, feedForward: 1536)),
            ("1.1B", DecoderConfig.Llama(32_000, 2048, 22, 32, keyValueHeads: 4, feedForward: 5632, tied: false)),
        ], dtype, cancellationToken) with { Run = BenchRun.OfRandomWeights(parsed, dtype) };
        _output.Write(parsed, result, () => WriteTable(result));
        return Task.FromResult(ExitCode.Done);
    }

    private static void WriteTable(ConstraintsJson result)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("grammar");
        foreach (var title in new[] { "compile ms", "steps", "mean ms", "median", "95 %", "worst" })
            table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var step in result.Steps) table.AddColumn(new TableColumn($"of {step.Shape}'s {step.StepMs:0.0} ms").RightAligned());
        foreach (var row in result.Rows)
        {
            table.AddRow([
                new Text(row.Grammar), new Text($"{row.CompileMs:0.0}"), new Text($"{row.StepsMeasured}"), new Text($"{row.MeanMs:0.000}"),
                new Text($"{row.MedianMs:0.000}"), new Text($"{row.P95Ms:0.000}"), new Text($"{row.WorstMs:0.00}"),
                .. result.Steps.Select(step => new Text($"{100 * row.ShareOfStep[step.Shape]:0.00} %")),
            ]);
        }
        Terminal.Result.Write(table);
        Terminal.Result.WriteLine(
            $"Once a tokenizer, its {result.Vocabulary:N0} tokens are put in the order of their bytes: {result.OrderMs:0} ms.");
    }
}
