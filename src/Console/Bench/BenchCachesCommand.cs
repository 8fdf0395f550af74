using System.CommandLine;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Measures every kind of cache on one text.</summary>
internal sealed class BenchCachesCommand : RabbitCommand
{
    private readonly ModelOptions _model = new();
    private readonly BenchOutput _output = new();

    private readonly Option<FileInfo?> _file = new("--file") { Description = "A UTF-8 text. Default: Alice's corpus.", HelpName = "F" };

    private readonly Option<int?> _tokens = NumberOption.Create<int>("--tokens", "N",
        "Tokens of the text. Default: 512, or the whole context where that is less.", n => n >= 32, "a whole number of 32 or more");

    public BenchCachesCommand() : base("caches",
        "Measure bytes, speed and loss of a model with every kind of key and value cache.",
        "./rabbit bench caches",
        "./rabbit bench caches --tokens 1000 --out bench/results/caches.json")
    {
        foreach (Option option in new Option[] { _file, _tokens }) Add(option);
        _model.AddTo(this);
        _output.AddTo(this);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        var (model, _) = _model.Load(parsed);
        using var owned = model;
        var wanted = Math.Min(parsed.GetValue(_tokens) ?? 512, model.Config.ContextLength);
        var texts = CalibrationText.Of(parsed.GetValue(_file)?.ToString(), model.Tokenizer, model.Config.ContextLength, wanted);
        int[] text = [.. texts.HeldOut.SelectMany(ids => ids).Take(wanted)];
        if (text.Length < 32) throw new WorkFailedException($"The text has {text.Length} tokens to read; give one of 64 or more.");
        var rows = ProgressBar.Show("caches", progress => new CacheMeasurement(model, text).Run(progress, cancellationToken));
        var result = new CachesJson(text.Length, rows, BenchRun.Of(parsed, model));
        _output.Write(parsed, result, () => WriteTable(result));
        return Task.FromResult(ExitCode.Done);
    }

    private static void WriteTable(CachesJson result)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("cache");
        foreach (var title in new[] { "KB used", "KB reserved", "nats a token", "added", "same likeliest", "tokens/s" })
            table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var row in result.Rows)
        {
            table.AddRow(
                new Text(row.Name), new Text($"{row.UsedBytes / 1e3:0}"), new Text($"{row.ReservedBytes / 1e3:0}"),
                new Text($"{row.Loss:0.000}"), new Text($"{row.AddedLoss:+0.0000;-0.0000;0}"), new Text($"{100 * row.Top1Agreement:0.0} %"),
                new Text($"{row.TokensPerSecond:0}"));
        }
        Terminal.Result.Write(table);
        if (result.Rows.FirstOrDefault(row => row.Offloaded is not null)?.Offloaded is { } moved)
            Terminal.Result.WriteLine($"Offloading moved {moved.BytesMoved / 1e6:0.0} MB and waited {moved.WaitedMs:0} ms for it.");
    }
}
