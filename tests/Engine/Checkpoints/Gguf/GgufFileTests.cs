using System.Text;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Checkpoints.Gguf;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>GGUF files as they are read: what was written comes back, and damage is refused.</summary>
public sealed class GgufFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Models => GoldenModels.InLlamaCpp;

    public static TheoryData<string> Types => [.. GgufType.All.Select(type => type.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Models))]
    public void AModelComesBackAsItWasWritten(string name)
    {
        using var scope = NewDisposeScope();
        WithTokenizer(name);
        using var checkpoint = Checkpoint.Open(_folder["folder"]);
        GgufWriter.Write(checkpoint, GgufType.F32, _folder["model.gguf"]);
        using var read = Checkpoint.Open(_folder["model.gguf"]);
        var weights = WeightMap.Load(read.Weights, read.Config).ToDictionary(weight => weight.Name, weight => weight.Weight);
        foreach (var (weight, numbers) in WeightMap.Load(checkpoint.Weights, checkpoint.Config))
            AssertSame(numbers.to(ScalarType.Float32), weights[weight], weight, read.Config);
        using var folder = LanguageModel.Load(_folder["folder"], "cpu");
        using var file = LanguageModel.Load(_folder["model.gguf"], "cpu");
        var tokens = GoldenModels.Expected(name).Tokens;
        var (ours, theirs) = (file.Logits(tokens), folder.Logits(tokens));
        // Rope factors are float32 in the file and computed in double from config.json.
        Assert.True((ours - theirs).abs().max().item<float>() < 1e-4, name);
        Assert.Equal(checkpoint.Tokenizer!.Encode("ab c<|end|>plain"), read.Tokenizer!.Encode("ab c<|end|>plain"));
    }

    // Gemma's norms are stored with 1 more, which costs their last bits.
    private static void AssertSame(Tensor expected, Tensor found, string weight, DecoderConfig config) => Assert.True(
        config.Norm == NormKind.OffsetRmsNorm && expected.dim() == 1 ? expected.allclose(found, 0, 1e-6) : expected.Equals(found), weight);

    public static TheoryData<string, string> NotInLlamaCpp => GoldenModels.NotInLlamaCpp;

    [Theory, MemberData(nameof(NotInLlamaCpp))]
    public void AModelThatLlamaCppWouldComputeOtherwiseIsRefused(string name, string reason)
    {
        using var scope = NewDisposeScope();
        WithTokenizer(name);
        using var checkpoint = Checkpoint.Open(_folder["folder"]);
        Assert.Contains(
            reason, Assert.Throws<CheckpointException>(() => GgufWriter.Write(checkpoint, GgufType.F32, _folder["model.gguf"])).Message);
    }

    // As text grows past the context of pretraining, the other list of factors is taken, in the file as in the folder.
    [Fact]
    public void BothListsOfRopeFactorsComeBack()
    {
        WithTokenizer("phi3-long");
        using (var checkpoint = Checkpoint.Open(_folder["folder"])) GgufWriter.Write(checkpoint, GgufType.F32, _folder["model.gguf"]);
        using var file = LanguageModel.Load(_folder["model.gguf"], "cpu");
        var scaling = Assert.IsType<LongRopeScaling>(file.Config.RopeScaling);
        Assert.Equal((7, 32.0 / 7), (scaling.OriginalContextLength, scaling.Factor));
        Assert.Equal([1, 1.1f, 1.3f], scaling.ShortFactors.Select(factor => (float)factor));
        Assert.Equal([1, 2.5f, 9], scaling.LongFactors.Select(factor => (float)factor));
        var expected = GoldenModels.Expected("phi3-long");
        using var cache = file.CreateCache();
        var runner = new ModelRunner(file);
        AssertClose(expected.Steps![4], runner.Prefill(expected.Tokens[..5], cache).Logits);
        for (var i = 5; i < expected.Tokens.Length; i++) AssertClose(expected.Steps[i], runner.Decode(expected.Tokens[i], cache).Logits);

        static void AssertClose(float[] expected, IEnumerable<float> found) =>
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void RopeFactorsOfOneLengthOnlyAreRefused()
    {
        WithTokenizer("phi3-long");
        using (var checkpoint = Checkpoint.Open(_folder["folder"])) GgufWriter.Write(checkpoint, GgufType.F32, _folder["model.gguf"]);
        var file = File.ReadAllBytes(_folder["model.gguf"]);
        file[file.AsSpan().IndexOf("rope_factors_short"u8)] = (byte)'x';
        File.WriteAllBytes(_folder["other.gguf"], file);
        var error = Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder["other.gguf"]));
        Assert.Contains("rope_factors_short.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALlamaWithTwoListsOfRopeFactorsIsRefused()
    {
        var config = DecoderConfig.Llama(9, 32, 1, 4) with { RopeScaling = new LongRopeScaling(4, 512, [1, 1, 1, 2], [1, 2, 3, 4]) };
        var error = Assert.Throws<CheckpointException>(() => GgufArchitecture.NameOf(config));
        Assert.Contains("rope factors that change with the length of the text", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AliceGivesTheSameTokensFromAFile()
    {
        Alice(GgufType.F32);
        using var folder = LanguageModel.Load(Repository.Alice, "cpu");
        using var file = LanguageModel.Load(_folder["alice.gguf"], "cpu");
        var options = new GenerationOptions { MaxTokens = 40 };
        Assert.Equal(folder.Generate("Once upon a time", options).Tokens, file.Generate("Once upon a time", options).Tokens);
        Assert.Equal(folder.Chat("What is the capital of Italy?", options).Text, file.Chat("What is the capital of Italy?", options).Text);
        Assert.Equal(folder.Defaults.EosTokenIds.Order(), file.Defaults.EosTokenIds.Order());
        Assert.All(TokenizerTexts.WellFormed, text => Assert.Equal(folder.Tokenizer.Encode(text), file.Tokenizer.Encode(text)));
    }

    // A quantized file computes on the blocks as they lie there; its logits are those of the decoded weights.
    [Theory, MemberData(nameof(Types))]
    public void EveryTypeComputesAsItsDecodedWeights(string name)
    {
        using var scope = NewDisposeScope();
        using (var draft = Checkpoint.Open(ModelFolder.Named("alice-draft")))
            GgufWriter.Write(draft, GgufType.Find(name)!, _folder["draft.gguf"]);
        using var file = Checkpoint.Open(_folder["draft.gguf"]);
        var weights = WeightMap.Load(file.Weights, file.Config)
            .ToDictionary(weight => weight.Name, weight => weight.Weight.to(ScalarType.Float32));
        Checkpoint.Save(_folder["decoded"], file.Config, weights, file.Tokenizer, dtype: ScalarType.Float32);
        using var blocks = LanguageModel.Load(_folder["draft.gguf"], "cpu");
        using var decoded = LanguageModel.Load(_folder["decoded"], "cpu");
        int[] tokens = [.. Enumerable.Range(20, 24)];
        foreach (var text in new[] { tokens, tokens[..3] })    // decoded in tiles, and multiplied as codes
        {
            var (ours, plain) = (blocks.Logits(text), decoded.Logits(text));
            Assert.True((ours - plain).abs().max().item<float>() < 1e-3 * plain.abs().max().item<float>(), name);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(3000)]
    [InlineData(-1)]
    public void ACutOffFileIsRefusedByName(int length)
    {
        Alice(GgufType.F16);
        var bytes = File.ReadAllBytes(_folder["alice.gguf"]);
        File.WriteAllBytes(_folder["cut.gguf"], bytes[..(length < 0 ? bytes.Length + length : length)]);
        var error = Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder["cut.gguf"]));
        Assert.Contains("cut.gguf", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GGML", 0, "does not begin as a GGUF file does")]
    [InlineData("\u0001", 4, "has version 1; versions 2 and 3 can be read")]
    [InlineData("\0\0\0\u0003", 4, "in the byte order of big-endian machines")]
    public void AnotherFormatIsRefused(string bytes, int at, string because)
    {
        Alice(GgufType.Q8);
        var file = File.ReadAllBytes(_folder["alice.gguf"]);
        Encoding.ASCII.GetBytes(bytes).CopyTo(file, at);
        File.WriteAllBytes(_folder["other.gguf"], file);
        var error = Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder["other.gguf"]));
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEndTokenOutsideTheVocabularyIsRefused()
    {
        Alice(GgufType.Q8);
        var file = File.ReadAllBytes(_folder["alice.gguf"]);
        var key = "tokenizer.ggml.eos_token_id"u8;
        BitConverter.GetBytes(99_999).CopyTo(file, file.AsSpan().IndexOf(key) + key.Length + sizeof(uint));
        File.WriteAllBytes(_folder["other.gguf"], file);
        var error = Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder["other.gguf"]));
        Assert.Contains("tokenizer.ggml.eos_token_id in '", error.Message, StringComparison.Ordinal);
        Assert.Contains("is 99999; it must be a token id below ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AUnigramTokenizerIsRefusedByItsName()
    {
        var settings = new GgufSettings("u.gguf", new Dictionary<string, object> { ["tokenizer.ggml.model"] = "t5" });
        Assert.Equal(
            "tokenizer.ggml.model in 'u.gguf' is 't5'; it must be gpt2 (byte-level BPE) or llama (SentencePiece). The pieces of a " +
            "Unigram model come with a table of normalizations there, which is not read from GGUF. Take the model's folder: its " +
            "tokenizer.json can be read.", Assert.Throws<CheckpointException>(() => GgufTokenizer.Read(settings)).Message);
    }

    // Thousands of damaged headers: each is read, or refused with a sentence that names the file.
    [Fact]
    public void DamagedHeadersAreRefusedByName()
    {
        WithTokenizer("llama");
        using (var checkpoint = Checkpoint.Open(_folder["folder"])) GgufWriter.Write(checkpoint, GgufType.Q8, _folder["small.gguf"]);
        var original = File.ReadAllBytes(_folder["small.gguf"]);
        var random = new Random(11);
        for (var i = 0; i < MutationCount.OfEachFormat; i++)
        {
            var damaged = (byte[])original.Clone();
            for (var hits = random.Next(1, 4); hits > 0; hits--) damaged[random.Next(2200)] = (byte)random.Next(256);
            File.WriteAllBytes(_folder["damaged.gguf"], damaged);
            var refused = Record.Exception(() => Checkpoint.Open(_folder["damaged.gguf"]).Dispose());
            if (refused is null) continue;
            Assert.True(refused is CheckpointException, refused.ToString());
            Assert.Contains("damaged.gguf", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WeightsOfALargeFileLieOnItsMapping()
    {
        var config = Model.DecoderConfig.Llama(vocabulary: 4000, hidden: 1536, layers: 1, heads: 4);
        using var random = manual_seed(5);
        using (var scope = NewDisposeScope())
        {
            var weights = WeightMap.For(config).ToDictionary(spec => spec.Name, spec => rand(spec.Shape, ScalarType.BFloat16));
            Checkpoint.Save(_folder["large"], config, weights);
        }
        Tensor weight;
        using (var checkpoint = Checkpoint.Open(_folder["large"])) weight = checkpoint.Weights.Read("layers.0.mlp.up_proj.weight");
        var file = File.ReadAllBytes(_folder["large/model.safetensors"]);
        using (weight)
        {
            // The mapping outlives the checkpoint, and a write to the tensor does not reach the file.
            var mean = weight.to(ScalarType.Float32).mean().item<float>();
            Assert.Equal(0.5f, mean, 0.01f);
            weight.fill_(7);
        }
        Assert.Equal(file, File.ReadAllBytes(_folder["large/model.safetensors"]));
    }

    private void Alice(GgufType type)
    {
        using var alice = Checkpoint.Open(Repository.Alice);
        GgufWriter.Write(alice, type, _folder["alice.gguf"]);
    }

    // The golden models have neither a tokenizer nor, in GGUF, a window.
    private void WithTokenizer(string name)
    {
        using var golden = Checkpoint.Open(GoldenModels.Folder(name));
        var weights = WeightMap.Load(golden.Weights, golden.Config).ToDictionary(weight => weight.Name, weight => weight.Weight);
        Checkpoint.Save(
            _folder["folder"], GoldenModels.WithoutWindow(golden.Config), weights, TinyTokenizer.Create(), dtype: ScalarType.Float32);
    }
}
