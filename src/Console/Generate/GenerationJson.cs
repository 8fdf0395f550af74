using System.Text.Json.Serialization;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.CommandLine;

/// <summary>What <c>generate --format json</c> prints. The model is its folder, as <c>--model</c> takes it; the text is null where
/// the model has no tokenizer; log-probabilities, one entry for each token, and whether the text fits its grammar are left out where
/// nothing asks for them.</summary>
internal sealed record GenerationJson(
    string Model, string Device, IReadOnlyList<int> PromptTokens, IReadOnlyList<int> Tokens, string? Text, string StopReason,
    TimingsJson Timings, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? FitsGrammar,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SpeculationJson? Speculation,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ChosenLogprobJson>? Logprobs)
{
    public static GenerationJson From(LanguageModel model, GenerationResult result, TimeSpan load) => new(
        model.Folder, DeviceName.Of(model.Device), result.PromptTokens, result.Tokens, result.Text, result.StopReason.ToWireName(),
        TimingsJson.From(result.Timings, load), result.FitsGrammar,
        result.Speculation is { } report ? new SpeculationJson(report.Guessed, report.Kept, report.Forwards) : null,
        result.LogProbabilities?.Select(ChosenLogprobJson.From).ToList());
}

/// <summary>The natural logarithm of a token's probability, with the likeliest tokens at its place, likeliest first.</summary>
internal sealed record ChosenLogprobJson(int Token, double Logprob, IReadOnlyList<LogprobJson> Top)
{
    public static ChosenLogprobJson From(ChosenLogProbability chosen) =>
        new(chosen.Token, chosen.Value, [.. chosen.Top.Select(top => new LogprobJson(top.Token, top.Value))]);
}

/// <summary>The natural logarithm of a token's probability.</summary>
internal sealed record LogprobJson(int Token, double Logprob);

/// <summary>Tokens guessed, guesses kept, and forwards of the model after the prefill.</summary>
internal sealed record SpeculationJson(int Guessed, int Kept, int Forwards);

/// <summary>Times in milliseconds, rates in tokens a second.</summary>
internal sealed record TimingsJson(
    double LoadMs, double PrefillMs, double TtftMs, double DecodeMs, double TpotMs, double PrefillTokensPerS, double DecodeTokensPerS)
{
    public static TimingsJson From(Timings timings, TimeSpan load) => new(
        Milliseconds(load), Milliseconds(timings.Prefill), Milliseconds(timings.TimeToFirstToken), Milliseconds(timings.Decode),
        Milliseconds(timings.TimePerOutputToken), Math.Round(timings.PrefillTokensPerSecond, 1),
        Math.Round(timings.DecodeTokensPerSecond, 1));

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
