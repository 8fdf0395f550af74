using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Prints the measurement of <c>bench attention</c> for people.</summary>
internal static class AttentionTables
{
    public static void Write(AttentionJson result)
    {
        Write(["attention", "", "tokens", "error", "scores", "operations", "time", "of full", "peak"], result.Rows.Select(row => new[]
        {
            row.Causal ? row.Kind : $"{row.Kind} *", row.Setting, $"{row.Length}", $"{row.RelativeError:0.0000}",
            row.ScoresShare is { } share ? $"{share:0.000}" : "none", $"{row.OperationsShare:0.000}", $"{row.Milliseconds:0.00} ms",
            $"{row.TimeRatio:0.00}", row.PeakBytes is { } bytes ? $"{bytes / 1e6:0.0} MB" : "",
        }));
        Terminal.Result.WriteLine("* sees later tokens: for whole texts, compared with full attention that sees them too.");
        var others = result.Rows.Where(row => row.Kind != result.Rows[0].Kind).ToArray();
        Terminal.Result.WriteLine(
            $"{others.Count(row => row.TimeRatio > 1)} of {others.Length} rows are slower than full attention at their length.");
        Write(["attention in all layers", "", "nats a token", "added"], result.Losses.Select(row => new[]
        {
            row.Kind, row.Setting, $"{row.Loss:0.000}", $"{row.LossAdded:0.000}",
        }));
        Write(["key heads", "", "bytes a token", "nats a token", "added"], result.Heads.Select(row => new[]
        {
            row.Kind, $"{row.KvHeads}", $"{row.CacheBytesPerToken}", $"{row.Loss:0.000}", $"{row.LossAdded:0.000}",
        }));
        Write(["latent cache", "share", "bytes a token", "nats a token", "added"], result.Latents.Select(row => new[]
        {
            $"rank {row.Rank}", $"{row.ShareOfPlain:0.000}", $"{row.CacheBytesPerToken}", $"{row.Loss:0.000}", $"{row.LossAdded:0.000}",
        }));
        Terminal.Result.WriteLine(
            $"Losses over {result.LossTokens} tokens of {result.LossTexts} texts of {result.MeanLength:0} tokens each: {result.Text}.");
    }

    private static void Write(string[] titles, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (index, title) in titles.Index())
            table.AddColumn(index < 2 ? new TableColumn(title) : new TableColumn(title).RightAligned());
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell)));
        Terminal.Result.Write(table);
    }
}
