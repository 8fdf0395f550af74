using System.CommandLine;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Sends random requests through the scheduler and compares each with the same request alone.</summary>
internal sealed class BenchSchedulerCommand : BenchModelCommand<SoakJson>
{
    private readonly Option<int?> _requests = NumberOption.Create<int>("--requests", "N",
        "Requests, half of them for each kind of preemption. Default: 500.", n => n is >= 2 and <= 1_000_000, "from 2 to 1000000");

    private readonly Option<int?> _seed = NumberOption.Create<int>("--seed", "S", "Chooses the requests. Default: 1.", _ => true,
        "a whole number");

    private readonly Option<int?> _compare = NumberOption.Create<int>("--compare", "N",
        "Compares so many of the finished requests with the same request alone. Default: all.", n => n >= 0, "0 or more");

    public BenchSchedulerCommand() : base("scheduler",
        "Send random requests through the scheduler; each must have its own tokens, and no page may stay in use.",
        "./rabbit bench scheduler --requests 500 --seed 3",
        "./rabbit bench scheduler --requests 10000 --format json --out bench/results/scheduler.json")
    {
        AddOptions(_requests, _seed, _compare);
    }

    protected override SoakJson Measure(LanguageModel model, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (requests, seed) = (parsed.GetValue(_requests) ?? 500, parsed.GetValue(_seed) ?? 1);
        var soak = new SchedulerSoak(model, requests, seed, parsed.GetValue(_compare) ?? int.MaxValue);
        return soak.Run(cancellationToken) with { Run = BenchRun.Of(parsed, model) };
    }

    protected override bool Holds(SoakJson result) => result.Mismatched == 0 && result.LeakedPages == 0;

    protected override void WriteTable(SoakJson result)
    {
        var table = new Table().Border(TableBorder.Simple).HideHeaders()
            .AddColumns(new TableColumn(""), new TableColumn("").RightAligned());
        foreach (var (name, figure) in new (string, string)[]
        {
            ("requests", $"{result.Requests}"),
            ("finished", $"{result.Finished}"),
            ("cancelled", $"{result.Cancelled}"),
            ("failed", $"{result.Failed}"),
            ("preempted, read again", $"{result.PreemptedRecompute}"),
            ("preempted, swapped", $"{result.PreemptedSwap}"),
            ("tokens adopted from earlier texts", $"{result.AdoptedTokens}"),
            ("compared with each alone", $"{result.Compared}"),
            ("other tokens than alone", $"{result.Mismatched}"),
            ("pages still in use", $"{result.LeakedPages}"),
            ("steps", $"{result.Steps}"),
            ("tokens a second", $"{result.TokensPerSecond:0}"),
            ("tokens a second, one after the other", $"{result.SingleStreamTokensPerSecond:0}"),
            ("seconds", $"{result.Seconds:0.0}"),
        })
            table.AddRow(new Text(name), new Text(figure));
        Terminal.Result.Write(table);
    }
}
