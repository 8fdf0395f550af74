using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>Damaged tokenizers are read, or refused with the exception that the reader documents and with the file's name.</summary>
public sealed class DamagedTokenizerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tokenizer.small.json")]
    [InlineData("pieces.bpe.json")]
    [InlineData("pieces.unigram.json")]
    public void DamagedTokenizersAreRefusedByName(string file)
    {
        var original = File.ReadAllBytes(GoldenFile.PathOf(file));
        var mutator = new JsonMutator(seed: 6);
        for (var i = 0; i < MutationCount.OfEachFormat; i++)
        {
            var damaged = mutator.Damage(original);
            var refused = Record.Exception(() => Use(TokenizerJson.Load(_folder.Write("tokenizer.json", damaged))));
            if (refused is null) continue;
            Assert.True(refused is TokenizerException, refused.ToString());
            Assert.Contains("tokenizer.json", refused.Message, StringComparison.Ordinal);
            Assert.InRange(refused.Message.Length, 20, 4_000);
        }
    }

    private static void Use(VocabularyTokenizer tokenizer)
    {
        const string Text = "Hello  <s>wörld 日本 ﬁ\n🐇";
        var ids = tokenizer.Encode(Text, addSpecialTokens: true);
        var decoder = tokenizer.CreateDecoder();
        _ = tokenizer.Decode(ids) + string.Concat(ids.Select(decoder.Add)) + decoder.Flush();
        _ = tokenizer.EncodeToTokens(Text, out _);
    }
}
