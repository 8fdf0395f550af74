using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class WeightMapTests : IDisposable
{
    private static readonly DecoderConfig Llama =
        DecoderConfig.Llama(vocabulary: 10, hidden: 8, layers: 1, heads: 4, keyValueHeads: 2, feedForward: 12);
    private static readonly DecoderConfig Gpt2 = DecoderConfig.Gpt2(vocabulary: 10, hidden: 2, layers: 1, heads: 1, context: 5);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<DecoderConfig> Configs =>
    [
        Llama,
        Llama with { TiedEmbeddings = false, AttentionBias = true, OutputBias = true, FeedForwardBias = true, Layers = 2 },
        Llama with { Architecture = "qwen2", AttentionBias = true },
        Llama with { Architecture = "olmo2", QueryKeyNorm = QueryKeyNorm.AllHeads, NormPlacement = NormPlacement.After },
        Llama with { Architecture = "phi3", TiedEmbeddings = false },
        Llama with { Architecture = "gemma2", Norm = NormKind.OffsetRmsNorm, NormPlacement = NormPlacement.Around },
        Llama with { Architecture = "qwen3", QueryKeyNorm = QueryKeyNorm.EachHead, HeadDim = 6 },
        Gpt2,
        Gpt2 with { HiddenSize = 6, Heads = 3, KeyValueHeads = 3, Layers = 2, TiedEmbeddings = false },
    ];

    [Fact]
    public void ALlamaHasTheseParametersInTheOrderOfTheForwardPass() => Assert.Equal(
        """
        embed_tokens.weight [10, 8]
        layers.0.input_layernorm.weight [8]
        layers.0.self_attn.q_proj.weight [8, 8]
        layers.0.self_attn.k_proj.weight [4, 8]
        layers.0.self_attn.v_proj.weight [4, 8]
        layers.0.self_attn.o_proj.weight [8, 8]
        layers.0.post_attention_layernorm.weight [8]
        layers.0.mlp.gate_proj.weight [12, 8]
        layers.0.mlp.up_proj.weight [12, 8]
        layers.0.mlp.down_proj.weight [8, 12]
        norm.weight [8]
        """,
        Show(Llama));

    [Fact]
    public void AQwen3NormalizesEachHeadAndMayHaveItsOwnOutputHead()
    {
        var shown = Show(Llama with { Architecture = "qwen3", QueryKeyNorm = QueryKeyNorm.EachHead, HeadDim = 6, TiedEmbeddings = false });
        Assert.Contains("layers.0.self_attn.q_proj.weight [24, 8]", shown);
        Assert.Contains("layers.0.self_attn.q_norm.weight [6]", shown);
        Assert.Contains("layers.0.self_attn.k_norm.weight [6]", shown);
        Assert.EndsWith("lm_head.weight [10, 8]", shown);
    }

    [Fact]
    public void AGpt2HasBiasesAndPositionsAndNoGate() => Assert.Equal(
        """
        embed_tokens.weight [10, 2]
        embed_positions.weight [5, 2]
        layers.0.input_layernorm.weight [2]
        layers.0.input_layernorm.bias [2]
        layers.0.self_attn.q_proj.weight [2, 2]
        layers.0.self_attn.q_proj.bias [2]
        layers.0.self_attn.k_proj.weight [2, 2]
        layers.0.self_attn.k_proj.bias [2]
        layers.0.self_attn.v_proj.weight [2, 2]
        layers.0.self_attn.v_proj.bias [2]
        layers.0.self_attn.o_proj.weight [2, 2]
        layers.0.self_attn.o_proj.bias [2]
        layers.0.post_attention_layernorm.weight [2]
        layers.0.post_attention_layernorm.bias [2]
        layers.0.mlp.up_proj.weight [8, 2]
        layers.0.mlp.up_proj.bias [8]
        layers.0.mlp.down_proj.weight [2, 8]
        layers.0.mlp.down_proj.bias [2]
        norm.weight [2]
        norm.bias [2]
        """,
        Show(Gpt2));

    [Fact]
    public void Gpt2StoresThisUnderItsOwnNames() => Assert.Equal(
        """
        transformer.wte.weight [10, 2]
        transformer.wpe.weight [5, 2]
        transformer.h.0.ln_1.weight [2]
        transformer.h.0.ln_1.bias [2]
        transformer.h.0.attn.c_attn.weight [2, 6]
        transformer.h.0.attn.c_attn.bias [6]
        transformer.h.0.attn.c_proj.weight [2, 2]
        transformer.h.0.attn.c_proj.bias [2]
        transformer.h.0.ln_2.weight [2]
        transformer.h.0.ln_2.bias [2]
        transformer.h.0.mlp.c_fc.weight [2, 8]
        transformer.h.0.mlp.c_fc.bias [8]
        transformer.h.0.mlp.c_proj.weight [8, 2]
        transformer.h.0.mlp.c_proj.bias [2]
        transformer.ln_f.weight [2]
        transformer.ln_f.bias [2]
        """,
        string.Join('\n', Stored(Gpt2, "transformer.").Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]")));

    // 124,439,808 parameters of GPT-2 small and 134,515,008 of SmolLM-135M, as published.
    [Fact]
    public void PublishedModelsHaveTheirPublishedNumberOfParameters()
    {
        Assert.Equal(124_439_808, WeightMap.ParameterCount(DecoderConfig.Gpt2(50_257, 768, 12, 12)));
        Assert.Equal(134_515_008, WeightMap.ParameterCount(DecoderConfig.Llama(49_152, 576, 30, 9, keyValueHeads: 3, feedForward: 1536)));
    }

    // Conv1D stores [in, 3 x out]: row 0 is what input 0 gives to q0 q1 k0 k1 v0 v1.
    [Fact]
    public void Gpt2QueriesKeysAndValuesAreSplitFromOneTransposedTensor()
    {
        using var scope = NewDisposeScope();
        var stored = arange(12, dtype: ScalarType.Float32).reshape(2, 6);
        var specs = WeightMap.For(Gpt2).Where(spec => spec.Source.Name == "h.0.attn.c_attn.weight").ToArray();
        Assert.Equal(["q", "k", "v"], specs.Select(spec => spec.Name.Split('.')[3][..1]));
        Assert.Equal([0, 6, 1, 7], specs[0].Source.Split(stored).data<float>().ToArray());
        Assert.Equal([2, 8, 3, 9], specs[1].Source.Split(stored).data<float>().ToArray());
        Assert.Equal([4, 10, 5, 11], specs[2].Source.Split(stored).data<float>().ToArray());
        var joined = specs[0].Source.Join([.. specs.Select(spec => spec.Source.Split(stored))]);
        Assert.Equal([2, 6], joined.shape);
        Assert.Equal(stored.data<float>().ToArray(), joined.data<float>().ToArray());
    }

    // 2 heads of 2 and 1 key head: rows 0 to 3 are queries, 4 and 5 keys, 6 and 7 values.
    [Fact]
    public void Phi3QueriesKeysAndValuesAreRowsOfOneTensor()
    {
        using var scope = NewDisposeScope();
        var config = DecoderConfig.Llama(100, 4, 1, 2, keyValueHeads: 1) with { Architecture = "phi3" };
        var stored = arange(32, dtype: ScalarType.Float32).reshape(8, 4);
        var specs = WeightMap.For(config).Where(spec => spec.Source.Name == "layers.0.self_attn.qkv_proj.weight").ToArray();
        float[] Of(int part) => specs[part].Source.Split(stored).data<float>().ToArray();
        Assert.Equal([.. Enumerable.Range(0, 16).Select(i => (float)i)], Of(0));
        Assert.Equal([16, 17, 18, 19, 20, 21, 22, 23], Of(1));
        Assert.Equal([24, 25, 26, 27, 28, 29, 30, 31], Of(2));
        Assert.All(specs, spec => Assert.Equal([8, 4], spec.Source.StoredAxes(spec.Axes).Select(axis => axis.Size)));
        var joined = specs[0].Source.Join([.. specs.Select(spec => spec.Source.Split(stored))]);
        Assert.Equal(stored.data<float>().ToArray(), joined.data<float>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Configs))]
    public void StoredWeightsLoadAgain(DecoderConfig config)
    {
        using var scope = NewDisposeScope();
        var weights = Weights(config);
        SafetensorsWriter.Write(_folder["model.safetensors"], WeightMap.Store(config, weights, ScalarType.Float32));
        using var index = SafetensorsIndex.Open(_folder.Path);
        var loaded = new Dictionary<string, float[]>();
        foreach (var (name, weight) in WeightMap.Load(index, config))
        {
            Assert.Equal(weights[name].shape, weight.shape);
            loaded.Add(name, weight.data<float>().ToArray());
        }
        Assert.Equal(WeightMap.For(config).Select(spec => spec.Name), loaded.Keys);
        Assert.All(weights, pair => Assert.Equal(pair.Value.data<float>().ToArray(), loaded[pair.Key]));
    }

    [Fact]
    public void LoadingLeavesOnlyTheTensorsItReturned()
    {
        using var outer = NewDisposeScope();
        SafetensorsWriter.Write(_folder["model.safetensors"], WeightMap.Store(Gpt2, Weights(Gpt2), ScalarType.Float32));
        using var index = SafetensorsIndex.Open(_folder.Path);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        foreach (var (_, weight) in WeightMap.Load(index, Gpt2))
            weight.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void AScopeForEachParameterDoesNoHarm()
    {
        using var outer = NewDisposeScope();
        SafetensorsWriter.Write(_folder["model.safetensors"], WeightMap.Store(Gpt2, Weights(Gpt2), ScalarType.Float32));
        using var index = SafetensorsIndex.Open(_folder.Path);
        using var parameters = WeightMap.Load(index, Gpt2).GetEnumerator();
        var sum = 0f;
        while (true)
        {
            using var scope = NewDisposeScope();
            if (!parameters.MoveNext())
                break;
            sum += parameters.Current.Weight.sum().item<float>();
        }
        Assert.True(float.IsFinite(sum));
    }

    [Theory]
    [InlineData("model.")]
    [InlineData("")]
    public void NamesMayGoWithoutTheirPrefix(string prefix) => Check(Llama, Stored(Llama, prefix));

    [Fact]
    public void ComputedBuffersAndATiedHeadAreIgnored()
    {
        Check(Gpt2, [.. Stored(Gpt2, ""), ("h.0.attn.bias", [1, 1, 5, 5]), ("h.0.attn.masked_bias", []), ("lm_head.weight", [10, 2])]);
        Check(Llama, [.. Stored(Llama, "model."), ("model.layers.0.self_attn.rotary_emb.inv_freq", [1])]);
    }

    [Fact]
    public void AMisshapenWeightIsNamedWithTheKeyToCheck() => Refuses(
        Llama,
        Stored(Llama, "model.").Select(tensor => tensor.Name == "model.layers.0.self_attn.k_proj.weight" ? (tensor.Name, [8, 8]) : tensor),
        $"Weight 'model.layers.0.self_attn.k_proj.weight' in '{_folder["model.safetensors"]}' is [8, 8]; " +
        "the config needs [4, 8] (kvHeads 2 x headDim 2). Check num_key_value_heads in config.json.");

    [Fact]
    public void AMisshapenGpt2WeightIsNamedAsItIsStored() => Refuses(
        Gpt2, Stored(Gpt2, "").Select(tensor => tensor.Name == "h.0.attn.c_attn.weight" ? (tensor.Name, [6, 2]) : tensor),
        "Weight 'h.0.attn.c_attn.weight' in '",
        "is [6, 2]; the config needs [2, 6] (hidden 2, 3 x heads 1 x headDim 2). Check n_embd in config.json.");

    [Fact]
    public void AWeightOfOtherRankIsNamed() => Refuses(
        Llama, Stored(Llama, "").Select(tensor => tensor.Name == "norm.weight" ? (tensor.Name, [8, 1]) : tensor),
        "is [8, 1]; the config needs [8] (hidden 8). Check hidden_size in config.json.");

    [Fact]
    public void AMissingWeightIsNamed() => Refuses(
        Llama, Stored(Llama, "model.").Where(tensor => tensor.Name != "model.layers.0.mlp.up_proj.weight"),
        "Weight 'model.layers.0.mlp.up_proj.weight' is missing from '", "the config needs it as [12, 8]");

    [Fact]
    public void AMissingOutputHeadMayBeTied() => Refuses(
        Llama with { TiedEmbeddings = false }, Stored(Llama, "model."),
        "Weight 'lm_head.weight' is missing from '",
        "If the output head is the embedding table, set tie_word_embeddings to true in config.json.");

    [Fact]
    public void WeightsOfLayersThatTheConfigLacksAreRefused() => Refuses(
        Llama, Stored(Llama with { Layers = 2 }, "model."),
        "Weight 'model.layers.1.",
        "has no place in the llama model of 1 layers that config.json describes. Check model_type, the number of layers");

    [Fact]
    public void ABiasThatTheConfigLacksIsRefused() => Refuses(
        Llama, [.. Stored(Llama, "model."), ("model.layers.0.self_attn.q_proj.bias", [8])],
        "Weight 'model.layers.0.self_attn.q_proj.bias' in '", "has no place");

    [Fact]
    public void WeightsThatAreNotFloatsAreRefused()
    {
        var config = Llama with { VocabularySize = 1, HiddenSize = 1 };
        _folder.Write(
            "model.safetensors",
            SafetensorsBytes.File("""{"model.embed_tokens.weight":{"dtype":"I8","shape":[1,1],"data_offsets":[0,1]}}""", 0));
        using var index = SafetensorsIndex.Open(_folder.Path);
        Assert.Contains(
            "is stored as I8; F32, F16 or BF16 is needed",
            Assert.Throws<CheckpointException>(() => WeightMap.Check(index, config)).Message);
    }

    [Fact]
    public void AConfigOfTwoBillionLayersIsRefusedAtTheFirstMissingWeight() => Refuses(
        Llama with { Layers = int.MaxValue }, Stored(Llama, "model."), "Weight 'model.layers.1.input_layernorm.weight' is missing");

    [Fact]
    public void StoringNeedsEveryParameterInItsShapeAndNoOther()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> Changed(Action<Dictionary<string, Tensor>> change)
        {
            var weights = Weights(Llama);
            change(weights);
            return weights;
        }
        string Message(Dictionary<string, Tensor> weights) =>
            Assert.Throws<CheckpointException>(() => WeightMap.Store(Llama, weights)).Message;
        Assert.Contains("Weight 'norm.weight' is not among the 10 to save", Message(Changed(weights => weights.Remove("norm.weight"))));
        Assert.Contains(
            "Weight 'norm.weight' to save is [7]; the config needs [8] (hidden 8)",
            Message(Changed(weights => weights["norm.weight"] = zeros(7))));
        Assert.Contains("Weight 'norm.bias' to save has no place", Message(Changed(weights => weights["norm.bias"] = zeros(8))));
    }

    public void Dispose() => _folder.Dispose();

    private static string Show(DecoderConfig config) =>
        string.Join('\n', WeightMap.For(config).Select(spec => $"{spec.Name} [{string.Join(", ", spec.Shape)}]"));

    private static IEnumerable<(string Name, long[] Shape)> Stored(DecoderConfig config, string prefix) => WeightMap.For(config)
        .Select(spec => (Name: spec.Source.FullName(prefix), Shape: spec.Source.StoredAxes(spec.Axes).Select(axis => axis.Size).ToArray()))
        .DistinctBy(tensor => tensor.Name);

    private static Dictionary<string, Tensor> Weights(DecoderConfig config)
    {
        var random = new Random(3);
        return WeightMap.For(config).ToDictionary(
            spec => spec.Name,
            spec => tensor(Enumerable.Range(0, (int)spec.Count).Select(_ => random.NextSingle() - 0.5f).ToArray()).reshape(spec.Shape));
    }

    private void Check(DecoderConfig config, IEnumerable<(string, long[])> stored)
    {
        _folder.Write("model.safetensors", SafetensorsBytes.Zeros(stored));
        using var index = SafetensorsIndex.Open(_folder.Path);
        WeightMap.Check(index, config);
    }

    private void Refuses(DecoderConfig config, IEnumerable<(string, long[])> stored, params string[] messageParts)
    {
        var message = Assert.Throws<CheckpointException>(() => Check(config, stored)).Message;
        Assert.All(messageParts, part => Assert.Contains(part, message));
    }
}
