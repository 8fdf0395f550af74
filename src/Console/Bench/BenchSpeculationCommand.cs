using System.CommandLine;
using LlmRabbitHoles.Checkpoints;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Measures what guessing tokens ahead wins or loses.</summary>
internal sealed class BenchSpeculationCommand : BenchModelCommand<SpeculationBenchJson>
{
    private readonly Option<string?> _draft = new("--draft")
    {
        Description = "A smaller model with the same tokens. Default: Alice's draft, where the model is Alice.",
        HelpName = "DIR",
    };

    private readonly Option<int[]?> _guesses = NumberListOption.Create("--guesses", "1,2,4,8",
        "Guesses at a time. Default: 1,2,3,4,6,8.", least: 1, most: 64);

    private readonly Option<FileInfo?> _file = new("--file")
    {
        Description = "A UTF-8 text whose pieces begin the texts. Default: Alice's corpus.",
        HelpName = "F",
    };

    private readonly Option<int?> _tokens = NumberOption.Create<int>("--max-tokens", "N",
        "Tokens that each text gets. Default: 64.", n => n >= 2, "a whole number of 2 or more");

    private readonly Option<int?> _repeat = RepeatOption.Create();

    public BenchSpeculationCommand() : base("speculation",
        "Measure speculative decoding by a draft and by prompt look-up in chat, tools and prose; each text must have its plain tokens.",
        "./rabbit bench speculation",
        "./rabbit bench speculation --guesses 1,2,4,8 --out bench/results/speculation.json")
    {
        AddOptions(_draft, _guesses, _file, _tokens, _repeat);
    }

    protected override SpeculationBenchJson Measure(LanguageModel model, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var draft = Draft(parsed, model);
        var tokens = parsed.GetValue(_tokens) ?? 64;
        var texts = SpeculationTexts.For(model, parsed.GetValue(_file)?.ToString());
        if ((long)texts.Max(text => text.Prompts.Max(prompt => prompt.Length)) + tokens > model.Config.ContextLength)
            throw new WorkFailedException($"The model's context holds {model.Config.ContextLength} tokens. Lower --max-tokens.");
        var counts = parsed.GetValue(_guesses) is { Length: > 0 } given ? given : [1, 2, 3, 4, 6, 8];
        var repeat = parsed.GetValue(_repeat) ?? RepeatOption.Usual;
        var rows = texts.Select(text => new SpeculationMeasurement(model, draft, text, tokens, repeat).Run(counts, cancellationToken));
        return new SpeculationBenchJson([.. rows], BenchRun.Of(parsed, model));
    }

    protected override bool Holds(SpeculationBenchJson result) => result.Rows.All(row => row.SameTokens);

    private LanguageModel? Draft(ParseResult parsed, LanguageModel model)
    {
        var alice = Path.GetFullPath(ModelFolder.Named("alice"));
        var folder = parsed.GetValue(_draft) is { } named ? ModelName.Resolve(named)
            : Path.GetFullPath(model.Folder) == alice ? ModelFolder.Named("alice-draft") : null;
        return folder is null ? null : LanguageModel.Load(folder, DeviceName.Of(model.Device));
    }

    protected override void WriteTable(SpeculationBenchJson result)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("text").AddColumn("guesses by");
        foreach (var title in new[] { "at a time", "kept", "tokens a forward", "by formula", "forward costs", "expected", "speed" })
            table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var (text, row) in result.Rows.SelectMany(text => text.Settings.Select(row => (text, row))))
        {
            table.AddRow(
                new Text(text.Text), new Text(row.Kind), new Text($"{row.Guesses}"), new Text($"{100 * row.Kept:0.0} %"),
                new Text($"{row.TokensPerVerify:0.00}"), new Text($"{row.ExpectedTokensPerVerify:0.00}"),
                new Text($"{row.VerifyCost:0.00}"), new Text($"{row.ExpectedSpeedup:0.00}"), new Text($"{row.Speedup:0.00}"));
        }
        Terminal.Result.Write(table);
        foreach (var text in result.Rows)
        {
            Terminal.Result.WriteLine(
                $"{text.Text}: plain {text.PlainTokensPerSecond:0} tokens/s, a guess of the draft costs {text.DraftCost:0.00} tokens. " +
                $"Best: {text.Kind}, {text.Guesses}, {text.Speedup:0.00} times as fast. " +
                (text.SameTokens ? "All texts have their plain tokens." : "Some texts have other tokens."));
        }
    }
}
