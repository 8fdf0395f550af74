using System.CommandLine;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Measures ways to attend: error and cost against full attention, and the loss of the model with each.</summary>
internal sealed class BenchAttentionCommand : BenchModelCommand<AttentionJson>
{
    private static readonly int[] _usualLengths = [128, 256, 512, 1024];
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
        AddOptions(_lengths, _file, _repeat);
    }

    protected override AttentionJson Measure(LanguageModel model, ParseResult parsed, CancellationToken cancellationToken)
    {
        var lengths = Lengths(parsed, model.Config.ContextLength);
        var texts = parsed.GetValue(_file) is { } file ? MeasuredTexts.Of(file, model, lengths.Max()) : MeasuredTexts.OfCorpus(model);
        if (texts.Ids.Count < lengths.Max())
            throw new WorkFailedException($"The text has {texts.Ids.Count} tokens, and the longest length is {lengths.Max()}. " +
                "Give a longer text with --file, or lower --lengths.");
        var measurement = new AttentionMeasurement(model, texts, parsed.GetValue(_repeat) ?? RepeatOption.Usual);
        return measurement.Run(lengths, cancellationToken) with { Run = BenchRun.Of(parsed, model) };
    }

    protected override void WriteTable(AttentionJson result) => AttentionTables.Write(result);

    private int[] Lengths(ParseResult parsed, int context)
    {
        if (parsed.GetValue(_lengths) is not { Length: > 0 } given)
            return _usualLengths.Where(length => length <= context).ToArray() is { Length: > 0 } fitting ? fitting : [context];
        return given.Max() <= context ? given : throw new WorkFailedException(
            $"The model's context holds {context} tokens, and --lengths names {given.Max()}. Lower it.");
    }
}
