using System.CommandLine;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Measures ways to attend: error and cost against full attention, and the loss of the model with each.</summary>
internal sealed class BenchAttentionCommand : RabbitCommand
{
    private static readonly int[] _usualLengths = [128, 256, 512, 1024];
    private readonly ModelOptions _model = new();
    private readonly BenchOutput _output = new();

    private readonly Option<int[]?> _lengths = NumberListOption.Create("--lengths", "128,256,512",
        "Tokens of the texts. Default: 128,256,512,1024, as far as the model's context reaches.", least: 2, most: 1 << 20);

    private readonly Option<FileInfo?> _file = new("--file")
    {
        Description = "A UTF-8 text to attend over. Default: documents that Alice's training leaves out.",
        HelpName = "F",
    };

    private readonly Option<int?> _repeat = RepeatOption.Create();

    public BenchAttentionCommand() : base("attention",
        "Measure tiled, sparse and approximate attention, pooled heads and a latent cache against full attention.",
        "./rabbit bench attention",
        "./rabbit bench attention --lengths 128,256,512,1024 --format json --out bench/results/attention.json")
    {
        foreach (Option option in new Option[] { _lengths, _file, _repeat }) Add(option);
        _model.AddTo(this);
        _output.AddTo(this);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        var (model, _) = _model.Load(parsed);
        using var owned = model;
        var lengths = Lengths(parsed, model.Config.ContextLength);
        var texts = parsed.GetValue(_file) is { } file ? MeasuredTexts.Of(file, model, lengths.Max()) : MeasuredTexts.OfCorpus(model);
        if (texts.Ids.Count < lengths.Max())
            throw new WorkFailedException($"The text has {texts.Ids.Count} tokens, and the longest length is {lengths.Max()}. " +
                "Give a longer text with --file, or lower --lengths.");
        var measurement = new AttentionMeasurement(model, texts, parsed.GetValue(_repeat) ?? RepeatOption.Usual);
        var result = measurement.Run(lengths, cancellationToken) with { Run = BenchRun.Of(parsed, model) };
        _output.Write(parsed, result, () => AttentionTables.Write(result));
        return Task.FromResult(ExitCode.Done);
    }

    private int[] Lengths(ParseResult parsed, int context)
    {
        if (parsed.GetValue(_lengths) is not { Length: > 0 } given)
            return _usualLengths.Where(length => length <= context).ToArray() is { Length: > 0 } fitting ? fitting : [context];
        return given.Max() <= context ? given : throw new WorkFailedException(
            $"The model's context holds {context} tokens, and --lengths names {given.Max()}. Lower it.");
    }
}
