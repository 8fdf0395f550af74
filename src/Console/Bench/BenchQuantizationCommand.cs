using System.CommandLine;
using LlmRabbitHoles.Checkpoints;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Measures what few bits cost and what they save.</summary>
internal sealed class BenchQuantizationCommand : RabbitCommand
{
    private readonly ModelOptions _model = new();
    private readonly BenchOutput _output = new();

    private readonly Option<string?> _file = new("--file")
    {
        Description = "A UTF-8 text: its first half calibrates, its second half is predicted. Default: Alice's corpus.",
        HelpName = "F",
    };

    private readonly Option<int?> _tokens = NumberOption.Create<int>("--tokens", "N",
        "Tokens to calibrate with, and tokens to predict. Default: 4000.", n => n >= 100, "a whole number of 100 or more");

    private readonly Option<int?> _cases = NumberOption.Create<int>("--cases", "N",
        "Cases of each of Alice's abilities. Default: 0, which takes no minutes.", n => n >= 0, "a whole number of 0 or more");

    private readonly Option<int?> _repeat = RepeatOption.Create();

    public BenchQuantizationCommand() : base("quantization",
        "Measure size, loss, agreement, abilities and speed of a model in many quantizations.",
        "./rabbit bench quantization",
        "./rabbit bench quantization --cases 20 --out bench/results/quantization.json")
    {
        _model.AddTo(this);
        foreach (Option option in new Option[] { _file, _tokens, _cases, _repeat }) Add(option);
        _output.AddTo(this);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        using var checkpoint = Checkpoint.Open(_model.Folder(parsed));
        var tokenizer = checkpoint.Tokenizer
            ?? throw new WorkFailedException($"'{checkpoint.Folder}' has no tokenizer, so it cannot read a text.");
        var text = CalibrationText.Of(
            parsed.GetValue(_file), tokenizer, checkpoint.Config.ContextLength, parsed.GetValue(_tokens) ?? 4000);
        var measurement = new QuantizationMeasurement(
            checkpoint, _model.Device(parsed), text, parsed.GetValue(_cases) ?? 0, parsed.GetValue(_repeat) ?? RepeatOption.Usual);
        var rows = measurement.Run(name => Terminal.Error.WriteLine($"{name} ..."), cancellationToken);
        var (model, _) = _model.Load(parsed);
        using var owned = model;
        var result = new QuantizationJson(
            text.Calibration.Sum(ids => ids.Length), rows[0].Predicted, rows, BenchRun.Of(parsed, model));
        _output.Write(parsed, result, () => WriteTable(result));
        return Task.FromResult(ExitCode.Done);
    }

    private static void WriteTable(QuantizationJson result)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("weights");
        foreach (var title in new[] { "MB", "bits a weight", "nats a token", "same likeliest", "tokens/s", "abilities" })
            table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var row in result.Rows)
        {
            table.AddRow(
                new Text(row.Name), new Text($"{row.Bytes / 1e6:0.00}"), new Text($"{row.BitsPerWeight:0.00}"),
                new Text($"{row.Loss:0.000}"), new Text($"{100 * row.Top1Agreement:0.0} %"), new Text($"{row.TokensPerSecond:0}"),
                new Text(row.Abilities is { } scores ? $"{100 * scores.Values.Average():0.0} %" : "-"));
        }
        Terminal.Result.Write(table);
        Terminal.Result.WriteLine($"{result.HeldOutTokens} tokens predicted; GPTQ and AWQ looked at {result.CalibrationTokens} others.");
    }
}
