using LlmRabbitHoles.Tokenization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Training.Tests;

public class WordEmbeddingTests
{
    // The corpus gives one word, "ab", and then " ab": tokens 256 and 257.
    private const int Word = 256;
    private const int Spaced = 257;
    private static readonly ByteLevelBpe Tokenizer =
        BpeTrainer.Train(["ab ab ab"], new BpeTrainingOptions { VocabularySize = 258, SpaceShare = 0.5 });

    [Fact]
    public void ASpacedWordIsTheWordPlusTheSpace()
    {
        using var scope = NewDisposeScope();
        var table = Table();

        using var words = new WordEmbedding(table, Tokenizer);

        Assert.Equal([0, 1], Row(table, Word));
        Assert.Equal([10, 21], Row(table, Spaced));
        Assert.Equal([10, 20], Part(words, "embed_tokens.space"));
    }

    [Fact]
    public void BothFormsTrainTheWordAndOnlyTheSpacedFormTrainsTheSpace()
    {
        using var scope = NewDisposeScope();
        var table = Table();
        using var words = new WordEmbedding(table, Tokenizer);
        var gradient = zeros(258, 2);
        Fill(gradient, Word, 1, 2);
        Fill(gradient, Spaced, 4, 8);
        table.grad = gradient;

        words.ShareGradient();

        var (word, space) = (words.Parts.First().Value.grad!, words.Parts.Last().Value.grad!);
        Assert.Equal([5, 10], Row(word, Word));
        Assert.Equal([0, 0], Row(word, Spaced));
        Assert.Equal([4, 8], space.data<float>().ToArray());
    }

    [Fact]
    public void AChangeOfTheWordReachesBothForms()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var table = Table();
        using var words = new WordEmbedding(table, Tokenizer);

        Fill(words.Parts.First().Value, Word, 100, 200);
        words.WriteTable();

        Assert.Equal([100, 200], Row(table, Word));
        Assert.Equal([110, 220], Row(table, Spaced));
    }

    private static Parameter Table()
    {
        using var noGradients = no_grad();
        var table = zeros(258, 2);
        Fill(table, Word, 0, 1);
        Fill(table, Spaced, 10, 21);
        return nn.Parameter(table);
    }

    private static void Fill(Tensor table, int row, params float[] values) => table.narrow(0, row, 1).copy_(tensor(values).view(1, 2));

    private static float[] Row(Tensor table, int row) => table.detach().narrow(0, row, 1).contiguous().data<float>().ToArray();

    private static float[] Part(WordEmbedding words, string name) =>
        words.Parts.Single(part => part.Name == name).Value.detach().data<float>().ToArray();
}
