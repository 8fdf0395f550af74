using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Caching.Paging;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class OracleTests
{
    public static TheoryData<string> Models => [.. GoldenModels.Names, .. GoldenModels.Stretching];

    public static TheoryData<string> Stretching => GoldenModels.Stretching;

    [Theory, MemberData(nameof(Models))]
    public void LogitsAreThoseOfTheIndependentImplementation(string name)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load(name);
        var expected = GoldenModels.Expected(name);

        var logits = model.Logits(expected.Tokens);

        Assert.Equal([expected.Tokens.Length, model.Config.VocabularySize], logits.shape);
        AssertClose(expected.Logits.SelectMany(row => row), logits.data<float>().ToArray());
    }

    // As in transformers: keys in the cache keep the rotation of the length that the text had when they were written.
    [Theory, MemberData(nameof(Stretching))]
    public void ATextThatGrowsPastItsContextKeepsTheRotationsOfItsKeys(string name)
    {
        using var model = GoldenModels.Load(name);
        var (runner, expected) = (new ModelRunner(model), GoldenModels.Expected(name));
        var tokens = expected.Tokens;
        foreach (var kind in new[] { CacheKind.Contiguous, new PagedKind(3) })
        {
            using var cache = model.CreateCache(kind: kind);
            AssertClose(expected.Steps![4], runner.Prefill(tokens[..5], cache).Logits);
            for (var i = 5; i < tokens.Length; i++) AssertClose(expected.Steps[i], runner.Decode(tokens[i], cache).Logits);
        }
        Assert.True(Distance(expected.Logits[^1], expected.Steps![^1]) > 1e-3, "read at once and token by token give the same logits");
    }

    [Theory, MemberData(nameof(Stretching))]
    public void TextsOfABatchAreEachStretchedByTheirOwnLength(string name)
    {
        using var model = GoldenModels.Load(name);
        var (runner, expected) = (new ModelRunner(model), GoldenModels.Expected(name));
        int[] text = expected.Tokens;
        using var alone = model.CreateCache();
        var brief = runner.Prefill(text[..4], alone).Logits;
        using var rows = model.CreateCache(batch: 2);
        using var pages = new PagedCache(model.CacheShape, capacity: 32, batch: 2, pageSize: 3);
        using var packed = new PagedBatch(pages, [0, 1]);
        foreach (IKeyValueCache cache in new IKeyValueCache[] { rows, packed })
        {
            var results = runner.Forward([text[..4], text], cache, TestContext.Current.CancellationToken);
            AssertClose(brief, results[0].Logits);
            AssertClose(expected.Logits[^1], results[1].Logits);
        }
    }

    private static void AssertClose(IEnumerable<float> expected, IEnumerable<float> actual)
    {
        var difference = Distance(expected, actual);
        Assert.True(difference <= 1e-4, $"largest difference {difference}");
    }

    private static float Distance(IEnumerable<float> some, IEnumerable<float> others) =>
        some.Zip(others, (a, b) => Math.Abs(a - b)).Max();
}
