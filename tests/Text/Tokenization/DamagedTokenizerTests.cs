using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>Damaged tokenizers are read, or refused with the exception that the reader documents and with the file's name.</summary>
public sealed class DamagedTokenizerTests : IDisposable
{
    private const int Mutations = 1500;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void DamagedTokenizersAreRefusedByName()
    {
        var original = File.ReadAllBytes(GoldenFile.PathOf("tokenizer.small.json"));
        var mutator = new JsonMutator(seed: 6);
        for (var i = 0; i < Mutations; i++)
        {
            var damaged = mutator.Damage(original);
            var refused = Record.Exception(() => ByteLevelBpe.Load(_folder.Write("tokenizer.json", damaged)));
            if (refused is null) continue;
            Assert.True(refused is TokenizerException, refused.ToString());
            Assert.Contains("tokenizer.json", refused.Message, StringComparison.Ordinal);
            Assert.InRange(refused.Message.Length, 20, 4_000);
        }
    }
}
