using System.CommandLine;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Continues a text, answers a message, or continues token ids.</summary>
internal sealed class GenerateCommand : RabbitCommand
{
    private readonly PromptOptions _prompt = new();
    private readonly ModelOptions _model = new();
    private readonly SamplingOptionSet _sampling = new();
    private readonly GrammarOptions _grammar = new();
    private readonly SpeculationOptions _speculation = new();
    private readonly FormatOption _format = new();

    private readonly Option<int?> _beams = NumberOption.Create<int>("--beams", "N",
        "Searches the likeliest text with N beams instead of sampling.", n => n is >= 1 and <= 1000, "a whole number from 1 to 1000");

    private readonly Option<int?> _logprobs = NumberOption.Create<int>("--logprobs", "N",
        "With --format json: the log-probability of each token and of the N likeliest.",
        n => n is >= 0 and <= GenerationOptions.MostLogProbabilities, "a whole number from 0 to 20");

    public GenerateCommand() : base("generate", "Continue a text, answer a message, or continue token ids.",
        "./rabbit generate --prompt \"The capital of France is\" --max-tokens 8",
        "./rabbit generate --chat \"What is the capital of Italy?\" --temperature 0",
        "./rabbit generate --prompt \"Once upon a time\" --temperature 0.8 --top-p 0.95 --seed 7 --stop \".\"",
        "./rabbit generate --prompt \"Once upon a time\" --dry 0.8 --typical 0.95",
        "./rabbit generate --prompt \"Once upon a time\" --frequency-penalty 0.5 --presence-penalty 0.5",
        "./rabbit generate --prompt \"The capital of France is\" --beams 4 --logit-bias 11=-inf --logit-bias 13=2",
        "./rabbit generate --prompt \"Is it so? \" --regex \"yes|no\"",
        "./rabbit generate --chat \"Describe a person.\" --json-schema person.json",
        "./rabbit generate --prompt \"Once upon a time\" --speculative draft --draft data/models/alice-draft",
        "./rabbit generate --prompt \"One, two,\" --format json --logprobs 5")
    {
        _prompt.AddTo(this);
        _model.AddTo(this);
        _sampling.AddTo(this);
        _grammar.AddTo(this);
        _speculation.AddTo(this);
        Add(_beams);
        Add(_logprobs);
        _format.AddTo(this);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        RefuseContradictions(parsed);
        var grammar = _grammar.For(parsed);
        var (model, load) = _model.Load(parsed);
        using var owned = model;
        using var draft = _speculation.LoadDraft(parsed, _model.Device(parsed));
        var prompt = _prompt.Encode(parsed, model);
        var options = _sampling.For(parsed, model) with
        {
            LogProbabilities = parsed.GetValue(_logprobs),
            Grammar = grammar,
            Speculation = _speculation.For(parsed, draft),
        };
        var result = parsed.GetValue(_beams) is { } width
            ? Search(model, prompt, width, options, isJson: _format.IsJson(parsed), cancellationToken)
            : await StreamAsync(model, prompt, options, isJson: _format.IsJson(parsed), cancellationToken);
        if (_format.IsJson(parsed)) JsonOutput.Write(GenerationJson.From(model, result, load));
        else Terminal.Error.WriteLine(Summary.Of(result));
        return result.StopReason == StopReason.Cancelled ? ExitCode.Interrupted : ExitCode.Done;
    }

    private void RefuseContradictions(ParseResult parsed)
    {
        _speculation.Check(parsed);
        if (parsed.GetValue(_logprobs) is not null && !_format.IsJson(parsed)) throw new UsageException("--logprobs needs --format json.");
        if (parsed.GetValue(_beams) is not null && _sampling.AsksForSampling(parsed) is { } option)
            throw new UsageException($"--beams and {option.Name} exclude each other: a beam search leaves nothing to chance.");
        if (parsed.GetValue(_beams) is not null && (_grammar.Given(parsed) ?? _speculation.Given(parsed)) is { } other)
            throw new UsageException($"--beams and {other.Name} exclude each other. Leave one out.");
    }

    private static GenerationResult Search(
        LanguageModel model, IReadOnlyList<int> prompt, int width, GenerationOptions options, bool isJson,
        CancellationToken cancellationToken)
    {
        var best = new BeamSearch(model).Search(prompt, new() { Width = width }, options, cancellationToken)[0].Result;
        if (!isJson) Terminal.Out.WriteLine(best.Text ?? string.Join(',', best.Tokens));
        return best;
    }

    private static async Task<GenerationResult> StreamAsync(
        LanguageModel model, IReadOnlyList<int> prompt, GenerationOptions options, bool isJson, CancellationToken cancellationToken)
    {
        var stream = new TextGenerator(model).StreamAsync(prompt, options, cancellationToken);
        await foreach (var token in stream)
        {
            if (isJson) continue;
            Terminal.Out.Write(token.Text);
            Terminal.Out.Flush();
        }
        if (isJson) return stream.Result;
        if (stream.Result.Text is null) Terminal.Out.Write(string.Join(',', stream.Result.Tokens));
        Terminal.Out.WriteLine();
        return stream.Result;
    }
}
