using System.Text;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>Writes a <see cref="DecoderConfig"/> as a Hugging Face <c>config.json</c> that transformers reads as the same model.</summary>
public static class ConfigWriter
{
    /// <summary>The text of <c>config.json</c>.</summary>
    /// <param name="config">The model.</param>
    /// <param name="defaults">Where the begin, end and padding tokens come from; null writes none.</param>
    /// <param name="dtype">The weights' dtype: Float32, Float16 or BFloat16.</param>
    /// <exception cref="CheckpointException">The architecture's config.json has no key for one of the settings.</exception>
    public static string Write(DecoderConfig config, GenerationDefaults? defaults = null, ScalarType dtype = ScalarType.BFloat16)
    {
        var json = config.Architecture == "gpt2" ? Gpt2(config) : LlamaLike(config);
        json["tie_word_embeddings"] = config.TiedEmbeddings;
        json["torch_dtype"] = DtypeName(dtype);
        json["use_cache"] = true;
        defaults?.WriteTokens(json);
        foreach (var key in new[] { "bos_token_id", "eos_token_id", "pad_token_id" }) json.TryAdd(key, null);   // transformers would take its own, 1 and 2 for Llama
        var text = JsonText.Of(json);
        RefuseWhatIsLost(config, text);
        return text;
    }

    private static JsonObject LlamaLike(DecoderConfig config)
    {
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray(ArchitectureClass(config.Architecture)),
            ["model_type"] = config.Architecture,
            ["vocab_size"] = config.VocabularySize,
            ["hidden_size"] = config.HiddenSize,
            ["intermediate_size"] = config.FeedForwardSize,
            ["num_hidden_layers"] = config.Layers,
            ["num_attention_heads"] = config.Heads,
            ["num_key_value_heads"] = config.KeyValueHeads,
            ["head_dim"] = config.HeadDim,
            ["hidden_act"] = "silu",
            ["max_position_embeddings"] = config.ContextLength,
            ["rms_norm_eps"] = config.NormEpsilon,
            ["rope_theta"] = config.RopeTheta,
            ["rope_scaling"] = Scaling(config.RopeScaling),
            ["initializer_range"] = 0.02,
        };
        if (config.Architecture is "llama" or "qwen3")
            json["attention_bias"] = config.AttentionBias;
        if (config.Architecture is "llama")
            json["mlp_bias"] = config.FeedForwardBias;
        if (config.Architecture is not "llama")
            json["sliding_window"] = config.SlidingWindow;
        if (config.Architecture is "qwen2" or "qwen3")
            (json["use_sliding_window"], json["max_window_layers"]) = (config.SlidingWindow is not null, config.SlidingWindow is null ? config.Layers : 0);
        return json;
    }

    private static JsonObject Gpt2(DecoderConfig config) => new()
    {
        ["architectures"] = new JsonArray("GPT2LMHeadModel"),
        ["model_type"] = "gpt2",
        ["vocab_size"] = config.VocabularySize,
        ["n_embd"] = config.HiddenSize,
        ["n_inner"] = config.FeedForwardSize,
        ["n_layer"] = config.Layers,
        ["n_head"] = config.Heads,
        ["n_positions"] = config.ContextLength,
        ["n_ctx"] = config.ContextLength,
        ["layer_norm_epsilon"] = config.NormEpsilon,
        ["activation_function"] = config.Activation == ActivationKind.GeluTanh ? "gelu_new" : "gelu",
        ["attn_pdrop"] = 0.0,
        ["embd_pdrop"] = 0.0,
        ["resid_pdrop"] = 0.0,
        ["initializer_range"] = 0.02,
        ["scale_attn_weights"] = true,
    };

    private static JsonObject? Scaling(RopeScaling? scaling) => scaling switch
    {
        null => null,
        LinearRopeScaling => new() { ["rope_type"] = "linear", ["type"] = "linear", ["factor"] = scaling.Factor },
        Llama3RopeScaling llama3 => new()
        {
            ["rope_type"] = "llama3",
            ["factor"] = llama3.Factor,
            ["low_freq_factor"] = llama3.LowFrequencyFactor,
            ["high_freq_factor"] = llama3.HighFrequencyFactor,
            ["original_max_position_embeddings"] = llama3.OriginalContextLength,
        },
        _ => throw new CheckpointException($"RopeScaling is {scaling.GetType().Name}; config.json can hold LinearRopeScaling or Llama3RopeScaling. Choose one of these."),
    };

    private static string ArchitectureClass(string architecture) => architecture switch
    {
        "mistral" => "MistralForCausalLM",
        "qwen2" => "Qwen2ForCausalLM",
        "qwen3" => "Qwen3ForCausalLM",
        _ => "LlamaForCausalLM",
    };

    private static string DtypeName(ScalarType dtype) => dtype switch
    {
        ScalarType.Float32 => "float32",
        ScalarType.Float16 => "float16",
        ScalarType.BFloat16 => "bfloat16",
        _ => throw new CheckpointException($"Weights cannot be saved as {dtype}; a checkpoint holds Float32, Float16 or BFloat16. Choose one of these."),
    };

    // What is read back has to be what was meant: a setting without a key would be lost in silence.
    private static void RefuseWhatIsLost(DecoderConfig config, string text)
    {
        var read = ConfigReader.Read(JsonSection.Parse("config.json", Encoding.UTF8.GetBytes(text)));
        if (read == config)
            return;
        var lost = typeof(DecoderConfig).GetProperties().First(property => !Equals(property.GetValue(read), property.GetValue(config)));
        throw new CheckpointException(
            $"A {config.Architecture} config.json cannot say that {lost.Name} is {lost.GetValue(config) ?? "null"}; it would be read as {lost.GetValue(read) ?? "null"}. "
            + "Choose the Architecture that has this setting.");
    }
}
