using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Quantization;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>Folders that are written with projections in GPTQ's layout.</summary>
public sealed class QuantizedFolderWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // The keys of llama3-bf16 have six outputs, which fill no whole words.
    public static TheoryData<string> Models => [.. GoldenModels.Names.Select(row => row.Data).Except(["llama3-bf16"])];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Models))]
    public void AFolderThatWasWrittenHoldsTheNumbersThatWereChosen(string name)
    {
        using var scope = NewDisposeScope();
        using var checkpoint = Checkpoint.Open(GoldenModels.Folder(name));
        foreach (var symmetric in new[] { true, false })
        {
            var grid = new IntegerGrid(8, 8, symmetric) { WholeZeros = true };
            checkpoint.SaveQuantized(_folder.Path, grid);
            using var written = Checkpoint.Open(_folder.Path);
            foreach (var spec in WeightMap.For(checkpoint.Config))
            {
                var expected = checkpoint.Weights.Read(spec.Name);
                if (spec.Name.EndsWith("_proj.weight", StringComparison.Ordinal))
                {
                    using var rounded = grid.Round(expected);
                    expected = rounded.Decode(0, rounded.Rows);
                }
                Assert.True(expected.Equals(written.Weights.Read(spec.Name)), spec.Name);
            }
        }
    }

    [Theory]
    [InlineData(4, 32, true)]
    [InlineData(4, null, false)]
    [InlineData(8, 64, true)]
    public void AliceWritesTheSameFromAFolderAsRoundedInMemory(int bits, int? groupSize, bool symmetric)
    {
        using var scope = NewDisposeScope();
        var grid = new IntegerGrid(bits, groupSize, symmetric) { WholeZeros = true };
        using (var checkpoint = Checkpoint.Open(Repository.Alice)) checkpoint.SaveQuantized(_folder.Path, grid);
        using var written = LanguageModel.Load(_folder.Path, "cpu");
        using var rounded = LanguageModel.Load(Repository.Alice, "cpu", quantization: new WeightQuantization(grid));
        var options = new GenerationOptions { MaxTokens = 24 };
        Assert.Equal(
            rounded.Generate("Once upon a time", options).Tokens,
            written.Generate("Once upon a time", options).Tokens);
        Assert.Equal(rounded.WeightBytes, written.WeightBytes);
        Assert.True(rounded.Logits([1, 2, 3]).Equals(written.Logits([1, 2, 3])));
        Assert.Equal(rounded.Chat("What is the capital of Italy?").Text, written.Chat("What is the capital of Italy?").Text);
    }

    [Theory]
    [InlineData("llama", 4, 32, "'layers.0.mlp.down_proj.weight' has 48 inputs and 32 outputs")]
    [InlineData("llama", 8, 5, "multiples of 4, and inputs that are a multiple of the group size, 5. Choose a group size that divides 32")]
    [InlineData("llama3-bf16", 8, 8, "'layers.0.self_attn.k_proj.weight' has 32 inputs and 6 outputs")]
    public void AGridThatDoesNotFitIsRefused(string name, int bits, int groupSize, string message)
    {
        using var checkpoint = Checkpoint.Open(GoldenModels.Folder(name));
        var refused = Assert.Throws<CheckpointException>(() => checkpoint.SaveQuantized(_folder["none"], new IntegerGrid(bits, groupSize)));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["none"]));
    }
}
