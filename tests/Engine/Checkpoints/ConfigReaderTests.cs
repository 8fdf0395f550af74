using System.Text.Json.Nodes;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>The configs are those of the published checkpoints, without the keys that no decoder needs.</summary>
public sealed class ConfigReaderTests
{
    private const string Llama32 = """
        {"architectures": ["LlamaForCausalLM"], "attention_bias": false, "bos_token_id": 128000, "eos_token_id": [128001, 128008, 128009],
         "head_dim": 64, "hidden_act": "silu", "hidden_size": 2048, "intermediate_size": 8192,
         "max_position_embeddings": 131072, "mlp_bias": false,
         "model_type": "llama", "num_attention_heads": 32, "num_hidden_layers": 16, "num_key_value_heads": 8, "rms_norm_eps": 1e-05,
         "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
         "original_max_position_embeddings": 8192, "rope_type": "llama3"},
         "rope_theta": 500000.0, "tie_word_embeddings": true, "torch_dtype": "bfloat16", "vocab_size": 128256}
        """;

    private const string Minimal = """
        "vocab_size": 100, "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4
        """;

    [Fact]
    public void Llama32OneBillion() => Assert.Equal(
        new DecoderConfig
        {
            Architecture = "llama",
            VocabularySize = 128_256,
            HiddenSize = 2048,
            Layers = 16,
            Heads = 32,
            KeyValueHeads = 8,
            HeadDim = 64,
            FeedForwardSize = 8192,
            ContextLength = 131_072,
            NormEpsilon = 1e-5,
            RopeTheta = 500_000,
            RopeScaling = new Llama3RopeScaling(32, 1, 4, 8192),
            TiedEmbeddings = true,
        },
        Read(Llama32));

    [Fact]
    public void SmolLmIsALlama() => Assert.Equal(
        new DecoderConfig
        {
            VocabularySize = 49_152,
            HiddenSize = 576,
            Layers = 30,
            Heads = 9,
            KeyValueHeads = 3,
            HeadDim = 64,
            FeedForwardSize = 1536,
            ContextLength = 2048,
            NormEpsilon = 1e-5,
            TiedEmbeddings = true,
        },
        Read("""
            {"architectures": ["LlamaForCausalLM"], "attention_bias": false, "attention_dropout": 0.0, "bos_token_id": 0,
             "eos_token_id": 0, "hidden_act": "silu",
             "hidden_size": 576, "initializer_range": 0.02, "intermediate_size": 1536,
             "max_position_embeddings": 2048, "model_type": "llama",
             "num_attention_heads": 9, "num_hidden_layers": 30, "num_key_value_heads": 3, "pretraining_tp": 1,
             "rms_norm_eps": 1e-05, "rope_scaling": null,
             "rope_theta": 10000.0, "tie_word_embeddings": true, "use_cache": true, "vocab_size": 49152}
            """));

    [Fact]
    public void Qwen2HasBiasesOnQueriesKeysAndValuesAndIgnoresItsUnusedWindow() => Assert.Equal(
        new DecoderConfig
        {
            Architecture = "qwen2",
            VocabularySize = 151_936,
            HiddenSize = 896,
            Layers = 24,
            Heads = 14,
            KeyValueHeads = 2,
            HeadDim = 64,
            FeedForwardSize = 4864,
            ContextLength = 131_072,
            RopeTheta = 1_000_000,
            AttentionBias = true,
            TiedEmbeddings = true,
        },
        Read("""
            {"architectures": ["Qwen2ForCausalLM"], "hidden_act": "silu", "hidden_size": 896, "intermediate_size": 4864,
             "max_position_embeddings": 131072,
             "max_window_layers": 24, "model_type": "qwen2", "num_attention_heads": 14, "num_hidden_layers": 24,
             "num_key_value_heads": 2, "rms_norm_eps": 1e-06,
             "rope_theta": 1000000.0, "sliding_window": 32768, "tie_word_embeddings": true,
             "use_sliding_window": false, "vocab_size": 151936}
            """));

    [Fact]
    public void Qwen3NormalizesQueriesAndKeysInHeadsWiderThanHidden() => Assert.Equal(
        new DecoderConfig
        {
            Architecture = "qwen3",
            VocabularySize = 151_936,
            HiddenSize = 1024,
            Layers = 28,
            Heads = 16,
            KeyValueHeads = 8,
            HeadDim = 128,
            FeedForwardSize = 3072,
            ContextLength = 40_960,
            RopeTheta = 1_000_000,
            QueryKeyNorm = QueryKeyNorm.EachHead,
            TiedEmbeddings = true,
        },
        Read("""
            {"architectures": ["Qwen3ForCausalLM"], "attention_bias": false, "head_dim": 128, "hidden_act": "silu", "hidden_size": 1024,
             "intermediate_size": 3072,
             "max_position_embeddings": 40960, "max_window_layers": 28, "model_type": "qwen3", "num_attention_heads": 16,
             "num_hidden_layers": 28,
             "num_key_value_heads": 8, "rms_norm_eps": 1e-06, "rope_scaling": null, "rope_theta": 1000000, "sliding_window": null,
             "tie_word_embeddings": true,
             "use_sliding_window": false, "vocab_size": 151936}
            """));

    [Fact]
    public void Gpt2() => Assert.Equal(
        DecoderConfig.Gpt2(50_257, 768, 12, 12, context: 1024),
        Read("""
            {"activation_function": "gelu_new", "architectures": ["GPT2LMHeadModel"], "attn_pdrop": 0.1, "bos_token_id": 50256,
             "embd_pdrop": 0.1, "eos_token_id": 50256,
             "initializer_range": 0.02, "layer_norm_epsilon": 1e-05, "model_type": "gpt2", "n_ctx": 1024, "n_embd": 768,
             "n_head": 12, "n_layer": 12,
             "n_positions": 1024, "resid_pdrop": 0.1, "vocab_size": 50257}
            """));

    [Fact]
    public void MistralSlidesAWindow() => Assert.Equal(
        new DecoderConfig
        {
            Architecture = "mistral",
            VocabularySize = 32_000,
            HiddenSize = 4096,
            Layers = 32,
            Heads = 32,
            KeyValueHeads = 8,
            HeadDim = 128,
            FeedForwardSize = 14_336,
            ContextLength = 32_768,
            NormEpsilon = 1e-5,
            SlidingWindow = 4096,
        },
        Read("""
            {"architectures": ["MistralForCausalLM"], "hidden_act": "silu", "hidden_size": 4096, "intermediate_size": 14336,
             "max_position_embeddings": 32768,
             "model_type": "mistral", "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 8,
             "rms_norm_eps": 1e-05, "rope_theta": 10000.0,
             "sliding_window": 4096, "tie_word_embeddings": false, "vocab_size": 32000}
            """));

    [Fact]
    public void MissingKeysTakeTheDefaultsOfTransformers() => Assert.Equal(
        new DecoderConfig
        {
            VocabularySize = 100,
            HiddenSize = 32,
            Layers = 2,
            Heads = 4,
            KeyValueHeads = 4,
            HeadDim = 8,
            FeedForwardSize = 64,
            ContextLength = 2048,
            NormEpsilon = 1e-6,
            RopeTheta = 10_000,
        },
        Read($$"""{"model_type": "llama", {{Minimal}}}"""));

    [Fact]
    public void TheTextModelOfGemma3IsReadFromItsTextConfig()
    {
        // As google/gemma-3-4b-it writes it: vocabulary, heads and head_dim are those that transformers takes for itself.
        var config = Read("""
            {"model_type": "gemma3", "architectures": ["Gemma3ForConditionalGeneration"], "image_token_index": 262144,
             "text_config": {"model_type": "gemma3_text", "hidden_size": 2560, "intermediate_size": 10240, "num_hidden_layers": 34,
                             "rope_scaling": {"factor": 8.0, "rope_type": "linear"}, "sliding_window": 1024},
             "vision_config": {"model_type": "siglip_vision_model", "hidden_size": 1152}}
            """);
        Assert.Equal("gemma3_text", config.Architecture);
        Assert.Equal((262_208, 2560, 34), (config.VocabularySize, config.HiddenSize, config.Layers));
        Assert.Equal((8, 4, 256), (config.Heads, config.KeyValueHeads, config.HeadDim));
        Assert.Equal((1024, 131_072, true), (config.SlidingWindow, config.ContextLength, config.TiedEmbeddings));
        Assert.Equal(new LinearRopeScaling(8), config.RopeScaling);
        Assert.Equal(LayerKind.Global, config.KindOf(5));
        Refuses("""{"model_type": "gemma3", "vision_config": {}}""", "has no text_config; it needs the settings of the text model");
        Refuses("""{"model_type": "gemma3", "text_config": {"hidden_size": 8}}""", "has no text_config.num_hidden_layers");
    }

    [Fact]
    public void AMissingMistralWindowIs4096AndANullOneIsNone()
    {
        Assert.Equal(4096, Read($$"""{"model_type": "mistral", {{Minimal}}}""").SlidingWindow);
        Assert.Null(Read($$"""{"model_type": "mistral", "sliding_window": null, {{Minimal}}}""").SlidingWindow);
    }

    [Theory]
    [InlineData("""{"model_type": "qwen2", "use_sliding_window": true, "sliding_window": 64, "max_window_layers": 0""", 64, null)]
    [InlineData("""{"model_type": "qwen2", "use_sliding_window": true, "sliding_window": 64, "max_window_layers": 28""", null, null)]
    [InlineData("""{"model_type": "qwen2", "use_sliding_window": true, "sliding_window": 64""", null, null)]
    [InlineData("""{"model_type": "qwen2", "use_sliding_window": true, "sliding_window": null, "max_window_layers": 0""", null, null)]
    [InlineData("""{"model_type": "qwen2", "use_sliding_window": false, "sliding_window": 64, "max_window_layers": 0""", null, null)]
    [InlineData("""{"model_type": "qwen2", "use_sliding_window": true, "max_window_layers": 1""", 4096, "Global, Windowed")]
    [InlineData("""{"model_type": "qwen3", "use_sliding_window": true, "layer_types": ["sliding_attention", "full_attention"]""",
        4096, "Windowed, Global")]
    [InlineData("""{"model_type": "smollm3", "no_rope_layers": [1, 0, 1], "use_sliding_window": true, "sliding_window": 8""",
        8, "Global, WindowedUnplaced")]
    [InlineData("""{"model_type": "smollm3", "no_rope_layers": [1, 0], "sliding_window": 8""", null, "Global, Unplaced")]
    [InlineData("""{"model_type": "smollm3", "no_rope_layers": [1, 0], "use_sliding_window": true""", null, "Global, Unplaced")]
    public void SomeLayersHaveAWindow(string json, int? window, string? kinds)
    {
        var config = Read($"{json}, {Minimal}}}");
        Assert.Equal((window, kinds), (config.SlidingWindow, config.LayerKinds?.ToString()));
    }

    [Fact]
    public void WindowsThatContradictThemselvesAreRefused()
    {
        const string Types = "\"layer_types\": [\"sliding_attention\", \"full_attention\"]";
        Refuses($$"""{"model_type": "smollm3", {{Types}}, {{Minimal}}}""", "use_sliding_window in 'config.json' is missing");
        Refuses(
            $$"""{"model_type": "smollm3", "use_sliding_window": true, {{Types}}, {{Minimal}}}""",
            "has no sliding_window; it needs the number of tokens");
        Refuses(
            $$"""{"model_type": "qwen3", "use_sliding_window": true, "layer_types": ["chunked_attention", "x"], {{Minimal}}}""",
            "it must be a list of 2 texts, each sliding_attention or full_attention");
    }

    [Fact]
    public void BiasesOfLlamaFollowTheirKeys()
    {
        var config = Read($$"""{"model_type": "llama", "attention_bias": true, "mlp_bias": true, {{Minimal}}}""");
        Assert.Equal((true, true, true), (config.AttentionBias, config.OutputBias, config.FeedForwardBias));
    }

    [Fact]
    public void LinearScalingIsReadUnderItsOldKey() =>
        Assert.Equal(
            new LinearRopeScaling(4),
            Read($$"""{"model_type": "llama", "rope_scaling": {"type": "linear", "factor": 4}, {{Minimal}}}""").RopeScaling);

    [Fact]
    public void RopeParametersStandForThetaAndScaling()
    {
        var config = Read($$"""
            {"model_type": "llama", "rope_parameters": {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 8, "low_freq_factor": 1,
             "high_freq_factor": 4, "original_max_position_embeddings": 1024}, {{Minimal}}}
            """);
        Assert.Equal(500_000, config.RopeTheta);
        Assert.Equal(new Llama3RopeScaling(8, 1, 4, 1024), config.RopeScaling);
        Assert.Null(Read(
            $$"""{"model_type": "llama", "rope_parameters": {"rope_type": "default", "rope_theta": 500.0}, {{Minimal}}}""").RopeScaling);
    }

    [Fact]
    public void OtherRopeScalingIsRefused() => Refuses(
        $$"""{"model_type": "llama", "rope_scaling": {"rope_type": "spiral", "factor": 4}, {{Minimal}}}""",
        "rope_scaling.rope_type in 'config.json' is \"spiral\"; it must be default, linear, llama3, dynamic, yarn or longrope");

    // Half of the head's 8 channels are two pairs.
    [Fact]
    public void APartOfEachHeadIsRotated() =>
        Assert.Equal(4, Read($$"""{"model_type": "llama", "partial_rotary_factor": 0.5, {{Minimal}}}""").RotaryDim);

    [Fact]
    public void DynamicScalingReachesTheFactorTimesTheNamedContext()
    {
        var config = Read(
            $$"""
            {"model_type": "llama", "rope_scaling": {"type": "dynamic", "factor": 2.5}, "max_position_embeddings": 100, {{Minimal}}}
            """);
        Assert.Equal((250, new DynamicRopeScaling(2.5, 100)), (config.ContextLength, config.RopeScaling));
    }

    // The published Qwen2.5 names the factor; DeepSeek's magnitude is (0.0707 ln 40 + 1) / (0.1 ln 40 + 1) with scales 0.707 and 1.
    [Fact]
    public void YarnTakesItsMagnitudeFromItsFactorUnlessItIsNamed()
    {
        YarnRopeScaling Yarn(string keys) => (YarnRopeScaling)Read(
            $$"""{"model_type": "llama", "rope_scaling": {"rope_type": "yarn", {{keys}}}, {{Minimal}}}""").RopeScaling!;
        Assert.Equal(
            new YarnRopeScaling(4, 32_768, 32, 1, 0.1 * Math.Log(4) + 1),
            Yarn("\"factor\": 4.0, \"original_max_position_embeddings\": 32768"));
        Assert.Equal(1.25, Yarn("\"factor\": 4.0, \"attention_factor\": 1.25").Magnitude);
        Assert.Equal(
            ((0.0707 * Math.Log(40)) + 1) / ((0.1 * Math.Log(40)) + 1),
            Yarn("\"factor\": 40, \"mscale\": 0.707, \"mscale_all_dim\": 1.0").Magnitude, 1e-12);
        // 2048 is the context of a llama that names none.
        Assert.Equal(8, Yarn("\"original_max_position_embeddings\": 256").Factor);
    }

    // sqrt(1 + ln(4096 / 512) / ln 512) = sqrt(1 + 3 / 9)
    [Fact]
    public void LongRopeTakesItsFactorAndMagnitudeFromTheTwoContexts()
    {
        var scaling = Assert.IsType<LongRopeScaling>(Read($$"""
            {"model_type": "llama", "max_position_embeddings": 4096, "original_max_position_embeddings": 512, {{Minimal}},
             "rope_scaling": {"type": "su", "short_factor": [1, 1.5, 2, 2], "long_factor": [1, 3, 9, 27]} }
            """).RopeScaling);
        Assert.Equal((8, 512), (scaling.Factor, scaling.OriginalContextLength));
        Assert.Equal(Math.Sqrt(4 / 3.0), scaling.Magnitude, 1e-12);
        Assert.Equal([1, 1.5, 2, 2], scaling.ShortFactors);
        Assert.Equal([1, 3, 9, 27], scaling.LongFactors);
    }

    [Theory]
    [InlineData("""{"rope_type": "linear"}""", "has no rope_scaling.factor")]
    [InlineData("""{"rope_type": "linear", "factor": 0.5}""", "rope_scaling.factor in 'config.json' is 0.5; it must be 1 or more")]
    [InlineData("""{"rope_type": "llama3", "factor": 8, "high_freq_factor": 4}""", "has no rope_scaling.low_freq_factor")]
    [InlineData("""{"rope_type": "llama3", "factor": 8, "low_freq_factor": 4, "high_freq_factor": 4}""", "more than low_freq_factor (4)")]
    [InlineData("""{"rope_type": "longrope", "short_factor": [1, 1, 1, 1]}""", "has no rope_scaling.long_factor")]
    [InlineData("""{"rope_type": "longrope", "short_factor": [1, 0]}""", "rope_scaling.short_factor in 'config.json' is [1, 0]")]
    [InlineData("""{"rope_type": "longrope", "short_factor": [1], "long_factor": [1]}""", "RopeScaling has 1 factors; each of the 4")]
    [InlineData("""{"rope_type": "yarn", "factor": 4, "beta_fast": 1, "beta_slow": 2}""", "more than beta_slow (2)")]
    [InlineData("3", "rope_scaling in 'config.json' is 3; it must be an object")]
    public void ImpossibleRopeScalingIsRefused(string scaling, string message) =>
        Refuses($$"""{"model_type": "llama", "rope_scaling": {{scaling}}, {{Minimal}}}""", message);

    [Theory]
    [InlineData("""{"model_type": "mamba"}""", "model_type in 'config.json' is \"mamba\"; it must be llama, gpt2, qwen2,")]
    [InlineData("""{}""", "has no model_type; it needs llama, gpt2, qwen2, qwen3, mistral, smollm3, olmo2, phi3, gemma2 or gemma3_text")]
    [InlineData("""{"model_type": 7}""", "model_type in 'config.json' is 7; it must be a text")]
    [InlineData("""[]""", "holds []; it must hold a JSON object")]
    [InlineData("""{"model_type": """, "is not valid JSON at line 1, byte 16")]
    [InlineData("", "is not valid JSON at line 1, byte 1")]
    public void AnUnknownArchitectureIsRefused(string json, string message) => Refuses(json, message);

    [Theory]
    [InlineData("vocab_size")]
    [InlineData("hidden_size")]
    [InlineData("intermediate_size")]
    [InlineData("num_hidden_layers")]
    [InlineData("num_attention_heads")]
    public void AMissingSizeIsRefused(string key) =>
        Refuses(
            $$"""{"model_type": "llama", {{Minimal.Replace(key, "other", StringComparison.Ordinal)}}}""",
            $"'config.json' has no {key}; it needs a whole number of 1 or more");

    [Theory]
    [InlineData("-4", "is -4; it must be a whole number from 1 to 2147483647")]
    [InlineData("0", "is 0; it must be")]
    [InlineData("\"4\"", "is \"4\"; it must be a whole number")]
    [InlineData("4.5", "is 4.5; it must be")]
    [InlineData("99999999999", "is 99999999999; it must be")]
    [InlineData("[4]", "is [4]; it must be")]
    public void AnImpossibleSizeIsRefused(string value, string message) => Refuses(
        With($$"""{"model_type": "llama", {{Minimal}}}""", $"\"num_attention_heads\": {value}"),
        "num_attention_heads in 'config.json' " + message);

    [Theory]
    [InlineData("\"hidden_size\": 30", "hidden_size in 'config.json' is 30, which num_attention_heads (4) does not divide")]
    [InlineData(
        "\"num_key_value_heads\": 3",
        "num_key_value_heads in 'config.json' is 3; it must be a number that divides num_attention_heads (4)")]
    [InlineData("\"num_key_value_heads\": 8", "num_key_value_heads in 'config.json' is 8")]
    [InlineData("\"head_dim\": 7", "The head width in 'config.json' is 7; rotary positions turn channels in pairs")]
    [InlineData("\"rms_norm_eps\": 0", "rms_norm_eps in 'config.json' is 0; it must be a finite number more than 0")]
    [InlineData("\"rope_theta\": \"big\"", "rope_theta in 'config.json' is \"big\"")]
    [InlineData("\"rope_theta\": 1e999", "'config.json' is not valid JSON at line 1, byte ")]
    [InlineData("\"tie_word_embeddings\": 1", "tie_word_embeddings in 'config.json' is 1; it must be true or false")]
    [InlineData("\"hidden_act\": \"relu\"", "hidden_act in 'config.json' is \"relu\"; it must be silu")]
    [InlineData("\"partial_rotary_factor\": 1.5", "partial_rotary_factor in 'config.json' is 1.5; it must be at most 1")]
    [InlineData("\"partial_rotary_factor\": 0.4", "leave an even number of the 8 channels of a head")]
    [InlineData("\"quantization_config\": {\"quant_method\": \"gptq\"}", "quantization_config.bits in 'config.json' is missing")]
    [InlineData("\"quantization_config\": {\"quant_method\": \"awq\"}", "says that the weights are quantized (awq); of these only gptq")]
    [InlineData("\"head_dim\": 2147483646", "describes a model that cannot be")]
    public void ValuesThatDoNotFitAreRefused(string key, string message) =>
        Refuses(With($$"""{"model_type": "llama", {{Minimal}}}""", key), message);

    [Theory]
    [InlineData("\"n_embd\": 30", "n_embd in 'config.json' is 30, which n_head (4) does not divide")]
    [InlineData("\"activation_function\": \"relu\"", "activation_function in 'config.json' is \"relu\"")]
    [InlineData("\"scale_attn_weights\": false", "scale_attn_weights in 'config.json' is false; it must be true")]
    [InlineData("\"n_layer\": null", "has no n_layer")]
    public void Gpt2ValuesThatDoNotFitAreRefused(string key, string message) =>
        Refuses(With("""{"model_type": "gpt2", "vocab_size": 100, "n_embd": 32, "n_layer": 2, "n_head": 4}""", key), message);

    [Fact]
    public void AMissingFileIsRefused() =>
        Assert.Contains("does not exist", Assert.Throws<CheckpointException>(() => ConfigReader.Read("/none/config.json")).Message);

    // A key that is there gets the other value: no key may stand twice.
    private static string With(string json, string key)
    {
        var made = JsonNode.Parse(json)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse($"{{{key}}}")!.AsObject()) made[name] = value?.DeepClone();
        return made.ToJsonString();
    }

    private static DecoderConfig Read(string json) =>
        ConfigReader.Read(JsonSection.Parse("config.json", System.Text.Encoding.UTF8.GetBytes(json)));

    private static void Refuses(string json, string message)
    {
        var found = Assert.Throws<CheckpointException>(() => Read(json)).Message;
        Assert.Contains(message, found);
        Assert.Contains("config.json", found);
    }
}
