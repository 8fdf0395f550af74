using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Quantization;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>Ways of rounding that look at what the weights are multiplied with.</summary>
public sealed class RoundingTests
{
    public static TheoryData<string> Models => GoldenModels.Names;

    // Two inputs that are always equal: only the sum of their two weights counts. 0.4 + 0.4 rounds to 0 + 0 one by one; GPTQ moves the
    // first error, 0.4, to the second weight, which becomes 0.8 and rounds to 1. The scale is 1 for the largest, 7, which no input uses.
    [Fact]
    public void AnErrorMovesToAnInputThatIsAlwaysTheSame()
    {
        using var scope = NewDisposeScope();
        var weight = zeros(1, 32);
        (weight[0, 0], weight[0, 1], weight[0, 2]) = (0.4f, 0.4f, 7f);
        using var inputs = new InputStatistics(32);
        var x = zeros(4, 32);
        x[TensorIndex.Colon, TensorIndex.Slice(0, 2)] = 1f;
        inputs.Add(x);
        using var nearest = IntegerGrid.Int4.Round(weight);
        using var gptq = new Gptq(new Dictionary<string, InputStatistics> { ["w"] = inputs }).Round("w", weight, IntegerGrid.Int4);
        Assert.Equal([0f, 0, 7], nearest.Decode(0, 1).data<float>().ToArray()[..3]);
        Assert.Equal([0f, 1, 7], gptq.Decode(0, 1).data<float>().ToArray()[..3]);
    }

    // Inputs that have nothing to do with each other give no reason to move an error.
    [Fact]
    public void IndependentInputsAreRoundedToTheNearest()
    {
        using var scope = NewDisposeScope();
        var weight = Weight(8, 64);
        using var inputs = new InputStatistics(64);
        inputs.Add(eye(64));
        using var nearest = IntegerGrid.Int4.Round(weight);
        using var gptq = new Gptq(new Dictionary<string, InputStatistics> { ["w"] = inputs }).Round("w", weight, IntegerGrid.Int4);
        Assert.True(nearest.Decode(0, 8).Equals(gptq.Decode(0, 8)));
    }

    [Theory]
    [InlineData(4, 32, true)]
    [InlineData(4, 64, false)]
    [InlineData(3, null, true)]
    public void ItChangesOutputsLessThanTheNearest(int bits, int? group, bool symmetric)
    {
        using var scope = NewDisposeScope();
        var (weight, grid) = (Weight(48, 256), new IntegerGrid(bits, group, symmetric));
        using var inputs = new InputStatistics(256);
        inputs.Add(Weight(600, 40).mm(Weight(40, 256)) * 400 + (Weight(600, 256) * 4));   // 40 directions, and some of all
        using var nearest = grid.Round(weight);
        using var gptq = new Gptq(new Dictionary<string, InputStatistics> { ["w"] = inputs }).Round("w", weight, grid);
        var (before, after) = (inputs.Error(weight - nearest.Decode(0, 48)), inputs.Error(weight - gptq.Decode(0, 48)));
        Assert.True(after < 0.7 * before, $"{after} after {before}");
    }

    [Theory, MemberData(nameof(Models))]
    public void ScalingLeavesTheModelAsItIs(string name)
    {
        using var scope = NewDisposeScope();
        using var checkpoint = Checkpoint.Open(GoldenModels.Folder(name));
        var tokens = GoldenModels.Expected(name).Tokens;
        using var calibration = Calibration.Read(checkpoint, [[.. tokens]]);
        var weights = WeightMap.Load(checkpoint.Weights, checkpoint.Config)
            .ToDictionary(weight => weight.Name, weight => weight.Weight.to(ScalarType.Float32));
        var scaled = ActivationAwareScaling.Apply(checkpoint.Config, weights, calibration.Inputs, IntegerGrid.Int4);
        if (checkpoint.Config.NormPlacement != NormPlacement.After)
            Assert.Contains(scaled, weight => !weight.Value.Equals(weights[weight.Key]));
        var (before, after) = (Logits(weights), Logits(scaled));
        Assert.True((before - after).abs().max().item<float>() < 1e-4f * (1 + before.abs().max().item<float>()), name);

        Tensor Logits(IReadOnlyDictionary<string, Tensor> given)
        {
            using var noGradients = no_grad();
            using var decoder = new Decoder(checkpoint.Config, new GivenWeights(given));
            return decoder.call(tensor(tokens.Select(id => (long)id).ToArray(), 1, tokens.Length), new ForwardPass());
        }
    }

    [Fact]
    public void CalibrationSeesWhatEveryProjectionIsGiven()
    {
        using var checkpoint = Checkpoint.Open(GoldenModels.Folder("llama"));
        using var calibration = Calibration.Read(checkpoint, [[1, 2, 3], [4, 5]]);
        Assert.Equal(7 * checkpoint.Config.Layers + (checkpoint.Config.TiedEmbeddings ? 0 : 1), calibration.Inputs.Count);
        Assert.All(calibration.Inputs.Values, inputs => Assert.Equal(5, inputs.Count));
    }

    [Theory]
    [InlineData(8, 0.02)]
    [InlineData(4, 0.6)]
    public void AliceKeepsHerLogitsToTheWidthOfAStep(int bits, double most)
    {
        using var scope = NewDisposeScope();
        using var plain = LanguageModel.Load(Repository.Alice, "cpu");
        using var rounded = LanguageModel.Load(
            Repository.Alice, "cpu", quantization: bits == 8 ? WeightQuantization.Int8 : WeightQuantization.Int4);
        int[] tokens = plain.Tokenizer.EncodeToIds("Once upon a time there was a cat.").ToArray();
        var (before, after) = (plain.Logits(tokens), rounded.Logits(tokens));
        var difference = ((before - after).norm() / before.norm()).item<float>();
        Assert.InRange(difference, 1e-6, most);
        Assert.True(rounded.WeightBytes < plain.WeightBytes);
        Assert.Equal(plain.ParameterCount, rounded.ParameterCount);
    }

    [Fact]
    public void EverythingIsQuantizedWhenAsked()
    {
        using var some = LanguageModel.Load(Repository.Alice, "cpu", quantization: WeightQuantization.Int8);
        using var all = LanguageModel.Load(
            Repository.Alice, "cpu", quantization: WeightQuantization.Int8 with { Embeddings = true, Head = true, RoundsInputs = true });
        Assert.True(all.WeightBytes < some.WeightBytes);
        Assert.NotEmpty(all.Generate("Once upon a time", new GenerationOptions { MaxTokens = 8 }).Tokens);
    }

    private static Tensor Weight(long rows, long columns)
    {
        using var generator = new Generator((ulong)(rows * 1000 + columns), CPU);
        return randn([rows, columns], generator: generator) / 20;
    }
}
