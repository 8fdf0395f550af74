using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Checkpoints.Architectures;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Engine.Tests;

public class ArchitectureTests
{
    [Fact]
    public void EveryFamilyHasAModelThatAnOracleComputed() => Assert.Equal(
        Architecture.All.Select(family => family.Name).Order(StringComparer.Ordinal),
        GoldenModels.Names.Select(model => ConfigReader.Read(Path.Combine(GoldenModels.Folder(model.Data), "config.json")).Architecture)
            .Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void AnUnknownFamilyIsRefused() => Assert.Equal(
        "Architecture is 'mamba'; it must be llama, gpt2, qwen2, qwen3, mistral, smollm3, olmo2, phi3, gemma2 or gemma3_text.",
        Assert.Throws<CheckpointException>(() => Architecture.Named("mamba")).Message);
}
