using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>A checkpoint's own settings for sampling and end tokens: <c>generation_config.json</c> with what other files add.</summary>
public sealed record GenerationDefaults
{
    /// <summary>No token ids and no settings.</summary>
    public static GenerationDefaults None { get; } = new();

    /// <summary>Ids that end a turn or a document, without repetition. Empty where the checkpoint names none.</summary>
    public IReadOnlyList<int> EosTokenIds { get; init; } = [];

    /// <summary>Id that begins a document.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>Id that fills up a batch.</summary>
    public int? PadTokenId { get; init; }

    /// <summary>Whether to sample rather than take the likeliest token. Default false.</summary>
    public bool DoSample { get; init; }

    // These are checked when something samples (see Sampled): a strange value must not keep a model from loading.

    /// <summary>Divides the logits.</summary>
    public double? Temperature { get; init; }

    /// <summary>How many of the likeliest tokens stay; null is all. 0 in the file is null, as in transformers.</summary>
    public int? TopK { get; init; }

    /// <summary>The probability that the likeliest tokens must cover together.</summary>
    public double? TopP { get; init; }

    /// <summary>The least probability of a token, as a share of the likeliest one's.</summary>
    public double? MinP { get; init; }

    /// <summary>The probability that the most typical tokens must cover together; 1 keeps all.</summary>
    public double? TypicalP { get; init; }

    /// <summary>Divides the logits of tokens that are already in the text.</summary>
    public double? RepetitionPenalty { get; init; }

    /// <summary>The most tokens to generate.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>How these settings sample: as the file says, or greedily where it does not ask for sampling.</summary>
    /// <param name="samples">Whether to sample although the file does not ask for it.</param>
    /// <exception cref="CheckpointException">A setting that is needed holds an impossible value; the message names it.</exception>
    public SamplingOptions Sampled(bool samples = false)
    {
        var penalty = Valid(
            RepetitionPenalty ?? 1, "repetition_penalty",
            value => value is >= SamplingOptions.LeastPenalty and <= SamplingOptions.MostPenalty, "from 0.001 to 1000; 1 is none");
        if (!samples && !DoSample) return SamplingOptions.Greedy with { RepetitionPenalty = penalty };
        var options = new SamplingOptions
        {
            RepetitionPenalty = penalty,
            Temperature = Valid(Temperature ?? 1, "temperature", value => value >= 0, "0 or more"),
        };
        if (!DoSample || options.Temperature == 0) return options;
        return options with
        {
            TopK = TopK is { } k ? (int)Valid(k, "top_k", value => value >= 1, "1 or more; 0 is all") : null,
            TopP = TopP is { } p ? Valid(p, "top_p", value => value is > 0 and <= 1, "more than 0 and at most 1") : null,
            MinP = MinP is { } share ? Valid(share, "min_p", value => value is >= 0 and <= 1, "from 0 to 1") : null,
            TypicalP = TypicalP is { } typical
                ? Valid(typical, "typical_p", value => value is > 0 and <= 1, "more than 0 and at most 1")
                : null,
        };
    }

    /// <summary>What a caller said, completed by these settings; greedy where neither asks for sampling.</summary>
    /// <exception cref="CheckpointException">A setting that is needed holds an impossible value; the message names it.</exception>
    internal SamplingOptions Complete(SamplingOptions said)
    {
        // A caller who sets top-k, top-p, min-p or typical wants sampling, even where the model's default is greedy.
        var samples = DoSample || said is not { TopK: null, TopP: null, MinP: null, TypicalP: null };
        // The caller's setting replaces the model's, which may then hold an impossible value.
        var own = (this with
        {
            Temperature = said.Temperature ?? Temperature,
            TopK = said.TopK ?? TopK,
            TopP = said.TopP ?? TopP,
            MinP = said.MinP ?? MinP,
            TypicalP = said.TypicalP ?? TypicalP,
            RepetitionPenalty = said.RepetitionPenalty ?? RepetitionPenalty,
        }).Sampled(samples);
        return said with
        {
            Temperature = said.Temperature ?? own.Temperature,
            TopK = said.TopK ?? own.TopK,
            TopP = said.TopP ?? own.TopP,
            MinP = said.MinP ?? own.MinP,
            TypicalP = said.TypicalP ?? own.TypicalP,
            RepetitionPenalty = own.RepetitionPenalty,
        };
    }

    /// <summary><see cref="MaxNewTokens"/>, checked.</summary>
    /// <exception cref="CheckpointException">It is less than 1.</exception>
    internal int? CheckedMaxNewTokens =>
        MaxNewTokens is { } tokens ? (int)Valid(tokens, "max_new_tokens", value => value >= 1, "1 or more") : null;

    private static double Valid(double value, string name, Func<double, bool> holds, string needed) =>
        holds(value) ? value : throw new CheckpointException(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} in the model's generation_config.json is {value}; sampling needs {needed}. " +
            $"Correct it there, or give the setting yourself."));

    /// <summary>Reads <c>generation_config.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be read, or a key holds an impossible value.</exception>
    public static GenerationDefaults Read(string path) => Read(JsonSection.Open(path));

    internal static GenerationDefaults Read(JsonSection json) => TokensOf(json) with
    {
        DoSample = json.OptionalFlag("do_sample") ?? false,
        Temperature = json.OptionalNumber("temperature"),
        TopK = TopKFrom(json),
        TopP = json.OptionalNumber("top_p"),
        MinP = json.OptionalNumber("min_p"),
        TypicalP = json.OptionalNumber("typical_p"),
        RepetitionPenalty = json.OptionalNumber("repetition_penalty"),
        MaxNewTokens = json.OptionalInteger("max_new_tokens"),
    };

    /// <summary>These defaults, with what is missing taken from <paramref name="other"/> and its end tokens added.</summary>
    internal GenerationDefaults Or(GenerationDefaults other) => this with
    {
        EosTokenIds = [.. EosTokenIds.Union(other.EosTokenIds)],
        BosTokenId = BosTokenId ?? other.BosTokenId,
        PadTokenId = PadTokenId ?? other.PadTokenId,
    };

    /// <summary>Only the token ids of <c>config.json</c>; sampling settings there are of older models and not read.</summary>
    internal static GenerationDefaults TokensOf(JsonSection json) => new()
    {
        EosTokenIds = TokenIds(json, "eos_token_id"),
        BosTokenId = TokenIds(json, "bos_token_id") is [var bos, ..] ? bos : null,
        PadTokenId = TokenIds(json, "pad_token_id") is [var pad, ..] ? pad : null,
    };

    /// <summary>The text of <c>generation_config.json</c>.</summary>
    internal string Write()
    {
        var json = new JsonObject();
        WriteTokens(json);
        json["do_sample"] = DoSample;
        WriteIfSet(json, "temperature", Temperature);
        WriteIfSet(json, "top_k", TopK);
        WriteIfSet(json, "top_p", TopP);
        WriteIfSet(json, "min_p", MinP);
        WriteIfSet(json, "typical_p", TypicalP);
        WriteIfSet(json, "repetition_penalty", RepetitionPenalty);
        WriteIfSet(json, "max_new_tokens", MaxNewTokens);
        return CheckpointJson.Of(json);
    }

    internal void WriteTokens(JsonObject json)
    {
        WriteIfSet(json, "bos_token_id", BosTokenId);
        if (EosTokenIds is [var only])
            json["eos_token_id"] = only;
        else if (EosTokenIds.Count > 1)
            json["eos_token_id"] = new JsonArray([.. EosTokenIds.Select(id => JsonValue.Create(id))]);
        WriteIfSet(json, "pad_token_id", PadTokenId);
    }

    private static void WriteIfSet<T>(JsonObject json, string key, T? value)
        where T : struct
    {
        if (value is { } set)
            json[key] = JsonValue.Create(set);
    }

    // One id or a list of ids; -1 means none, as older Llama configs write.
    private static int[] TokenIds(JsonSection json, string key)
    {
        if (json.Optional(key) is not { } value)
            return [];
        JsonElement[] items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        var ids = new List<int>();
        foreach (var item in items)
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out var id))
                throw json.Wrong(key, "a token id or a list of token ids");
            if (id >= 0 && !ids.Contains(id))
                ids.Add(id);
        }
        return [.. ids];
    }

    private static int? TopKFrom(JsonSection json) => json.OptionalInteger("top_k") is { } k and not 0 ? k : null;
}
