using System.CommandLine;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.CommandLine;

/// <summary>How tokens are drawn and when the text ends. What is not given is as the model's <c>generation_config.json</c> says.</summary>
internal sealed class SamplingOptionSet
{
    private readonly Option<int?> _maxTokens = NumberOption.Create<int>("--max-tokens", "N",
        "Tokens to write at most. Default: the model's, else 128.", n => n >= 1, "a whole number of 1 or more");

    private readonly Option<double?> _temperature = NumberOption.Create<double>("--temperature", "T",
        "Divides the logits; 0 takes the likeliest token.", t => t >= 0 && double.IsFinite(t), "0 or more; 0 takes the likeliest token");

    private readonly Option<int?> _topK = NumberOption.Create<int>("--top-k", "K",
        "Draws among the K likeliest tokens.", k => k >= 1, "a whole number of 1 or more");

    private readonly Option<double?> _topP = NumberOption.Create<double>("--top-p", "P",
        "Draws among the likeliest tokens whose probabilities sum to P.", p => p > 0 && p <= 1, "above 0 and at most 1");

    private readonly Option<double?> _minP = NumberOption.Create<double>("--min-p", "P",
        "Draws among tokens at least P times as probable as the likeliest.", p => p >= 0 && p <= 1, "from 0 to 1");

    private readonly Option<double?> _repetitionPenalty = NumberOption.Create<double>("--repetition-penalty", "R",
        "Above 1: makes tokens that already stand in the text less likely.",
        r => r is >= SamplingOptions.LeastPenalty and <= SamplingOptions.MostPenalty, "from 0.001 to 1000; 1 is none");

    private readonly Option<double?> _typical = NumberOption.Create<double>("--typical", "P",
        "Draws among the tokens whose surprise is nearest to the expected one, until their probabilities sum to P.",
        p => p > 0 && p <= 1, "above 0 and at most 1");

    private readonly Option<double?> _frequencyPenalty = NumberOption.Create<double>("--frequency-penalty", "F",
        "Subtracted from a token's logit for each time that it was written.", f => f is >= -2 and <= 2, "from -2 to 2; 0 is none");

    private readonly Option<double?> _presencePenalty = NumberOption.Create<double>("--presence-penalty", "F",
        "Subtracted once from the logit of every token that was written.", f => f is >= -2 and <= 2, "from -2 to 2; 0 is none");

    private readonly DryOption _dry = new();

    private readonly Option<Dictionary<int, double>?> _logitBias = LogitBiasOption.Create();

    private readonly Option<int?> _seed = NumberOption.Create<int>("--seed", "S",
        "Same seed, same draws. Default: 0.", _ => true, "a whole number");

    private readonly Option<string[]> _stop = new("--stop")
    {
        Description = "Ends the text before this string. May be given more than once.",
        HelpName = "STR",
    };

    private readonly CacheOptionSet _cache = new();

    public SamplingOptionSet() => _stop.Validators.Add(result =>
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
            result.AddError("--stop is empty: it would end every text before it begins.");
    });

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            _maxTokens, _temperature, _topK, _topP, _minP, _typical, _repetitionPenalty, _frequencyPenalty, _presencePenalty, _dry.Option,
            _logitBias, _seed, _stop,
        })
            command.Add(option);
        _cache.AddTo(command);
    }

    /// <summary>The first option given that asks for sampling, which leaves something to chance; null where none does.</summary>
    public Option? AsksForSampling(ParseResult parsed) => parsed.GetValue(_temperature) > 0
        ? _temperature
        : new Option[] { _topK, _topP, _minP, _typical, _seed }.FirstOrDefault(option => parsed.GetResult(option) is not null);

    /// <summary>What was asked for; the engine completes it by the model's own settings.</summary>
    public GenerationOptions For(ParseResult parsed, LanguageModel model)
    {
        var stop = parsed.GetValue(_stop) ?? [];
        if (stop.Length > 0 && !model.HasTokenizer)
            throw new UsageException($"--stop compares text, and the model in '{model.Folder}' has no tokenizer.");
        return new GenerationOptions
        {
            MaxTokens = parsed.GetValue(_maxTokens),
            Stop = stop,
            Cache = _cache.For(parsed),
            Sampling = new SamplingOptions
            {
                Temperature = parsed.GetValue(_temperature),
                TopK = parsed.GetValue(_topK),
                TopP = parsed.GetValue(_topP),
                MinP = parsed.GetValue(_minP),
                TypicalP = parsed.GetValue(_typical),
                RepetitionPenalty = parsed.GetValue(_repetitionPenalty),
                FrequencyPenalty = parsed.GetValue(_frequencyPenalty),
                PresencePenalty = parsed.GetValue(_presencePenalty),
                Dry = _dry.For(parsed, model),
                LogitBias = parsed.GetValue(_logitBias),
                Seed = parsed.GetValue(_seed) ?? 0,
            },
        };
    }
}
