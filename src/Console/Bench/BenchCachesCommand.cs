using System.CommandLine;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Measures every kind of cache on one text.</summary>
internal sealed class BenchCachesCommand : BenchModelCommand<CachesJson>
{
    private readonly Option<FileInfo?> _file = new("--file") { Description = "A UTF-8 text. Default: Alice's corpus.", HelpName = "F" };

    private readonly Option<int?> _tokens = NumberOption.Create<int>("--tokens", "N",
        "Tokens of all texts. Default: 1000.", n => n >= 32, "a whole number of 32 or more");

    public BenchCachesCommand() : base("caches",
        "Measure bytes, speed and loss of a model with every kind of key and value cache, each text read alone.",
        "./rabbit bench caches",
        "./rabbit bench caches --tokens 2000 --out bench/results/caches.json")
    {
        AddOptions(_file, _tokens);
    }

    protected override CachesJson Measure(LanguageModel model, ParseResult parsed, CancellationToken cancellationToken)
    {
        var wanted = parsed.GetValue(_tokens) ?? 1000;
        var texts = CalibrationText.Of(parsed.GetValue(_file)?.ToString(), model.Tokenizer, model.Config.ContextLength, wanted).HeldOut
            .Where(ids => ids.Length > CacheMeasurement.Prompt).ToArray();
        if (texts.Length == 0) throw new WorkFailedException("The text is too short to read; give one of a few hundred tokens.");
        var rows = ProgressBar.Show("caches", progress => new CacheMeasurement(model, texts).Run(progress, cancellationToken));
        return new CachesJson(
            texts.Sum(ids => ids.Length), texts.Max(ids => ids.Length), rows, BenchRun.Of(parsed, model));
    }

    protected override void WriteTable(CachesJson result)
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
