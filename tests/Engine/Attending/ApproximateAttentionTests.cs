using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Attending.Approximate;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class ApproximateAttentionTests
{
    private const int HeadDim = 8;

    public static TheoryData<string> FeatureMaps => ["elu", "random"];

    private static IFeatureMap Map(string name) => name == "elu" ? EluFeatures.Default : new RandomFeatures(HeadDim, 40);

    [Theory, MemberData(nameof(FeatureMaps))]
    public void ChunksAndTheRecurrenceGiveTheParallelForm(string name)
    {
        using var scope = NewDisposeScope();
        var (q, k, v) = Heads(seed: 41, time: 29);
        var map = Map(name);
        var parallel = LinearAttention.Parallel(q, k, v, map);
        foreach (var chunk in new[] { 1, 5, 64 }) Same(parallel, new LinearAttention(map, chunk).Attend(q, k, v, 0, new ForwardPass()));

        using var recurrence = new LinearRecurrence(map);
        var steps = Enumerable.Range(0, 29).Select(t => recurrence.Step(q.select(2, t), k.select(2, t), v.select(2, t))).ToArray();
        Same(parallel, stack(steps, 2));
        Assert.Equal(2 * (name == "elu" ? HeadDim : 40) * (HeadDim + 1) * 4, recurrence.Bytes);
    }

    [Theory, MemberData(nameof(FeatureMaps))]
    public void TheParallelFormIsTheWeightedMeanWrittenOut(string name)
    {
        using var scope = NewDisposeScope();
        var (q, k, v) = Heads(seed: 42, time: 6);
        var map = Map(name);
        var (asked, known) = (map.OfQueries(q), map.OfKeys(k));
        var actual = LinearAttention.Parallel(q, k, v, map);
        for (var head = 0; head < 4; head++)
            for (var t = 0; t < 6; t++)
            {
                var weights = (known[0, head / 2].narrow(0, 0, t + 1) * asked[0, head, t]).sum(1, keepdim: true);
                var mean = (weights * v[0, head / 2].narrow(0, 0, t + 1)).sum(0, keepdim: false) / weights.sum();
                Same(mean, actual[0, head, t]);
            }
    }

    [Fact]
    public void RandomFeaturesHaveTheSoftmaxKernelAsTheirMean()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(43);
        var x = randn([6, HeadDim], generator: generator) / 2;    // short: the variance grows with exp(|q + k|^2)
        var wanted = (x.matmul(x.transpose(0, 1)) / Math.Sqrt(HeadDim)).exp();
        using var map = new RandomFeatures(HeadDim, features: 100_000);
        // Queries are known up to a factor for each, so the comparison is of each row over its sum.
        var found = map.OfQueries(x).matmul(map.OfKeys(x).transpose(0, 1));
        var error = (found / found.sum(1, keepdim: true)) - (wanted / wanted.sum(1, keepdim: true));
        Assert.True(error.abs().max().item<float>() < 0.01f);
    }

    [Fact]
    public void TheErrorOfRandomFeaturesFallsAsTheyGrow() => Falls(
        Enumerable.Range(1, 5), [8, 64, 512, 4096], causal: true,
        (seed, features) => new LinearAttention(new RandomFeatures(HeadDim, features, seed)));

    [Fact]
    public void TheErrorOfALowRankFallsAsItGrows() => Falls([1], [2, 8, 24, 48], causal: false, (_, rank) => new LowRankAttention(rank));

    [Fact]
    public void TheErrorOfLandmarksFallsAsTheyGrow() =>
        Falls([1], [2, 8, 24, 48], causal: false, (_, count) => new NystromAttention(count));

    [Fact]
    public void AsManyRowsAsTokensAreFullAttention()
    {
        using var scope = NewDisposeScope();
        var (q, k, v) = Heads(seed: 44, time: 48);
        var full = PlainAttention.Default.Attend(q, k, v, 0, new ForwardPass());
        Same(full, new LowRankAttention(48).Attend(q, k, v, 0, new ForwardPass()));
        Same(full, new NystromAttention(48, steps: 30).Attend(q, k, v, 0, new ForwardPass()));
    }

    [Fact]
    public void TextsWhoseTokensMayNotSeeEachOtherAreRefused()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var tokens = tensor([1L, 2, 3], 1, 3);
        foreach (IAttentionKernel kernel in new IAttentionKernel[] { new LowRankAttention(2), new NystromAttention(2) })
            Assert.Equal($"{kernel.GetType().Name} averages over the whole text, so each token would see those after it, and the " +
                "pass has a mask. Use it on whole texts without a mask, or use LinearAttention or SparseAttention, which are causal.",
                Assert.Throws<InvalidOperationException>(
                    () => model.Decoder.call(tokens, new ForwardPass { Attention = kernel })).Message);
    }

    [Theory, MemberData(nameof(FeatureMaps))]
    public void ReadingInPartsGivesWhatReadingAtOnceGives(string name)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        using var cache = model.CreateCache(16);
        var tokens = tensor([1L, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 1, 12);
        var map = name == "elu" ? (IFeatureMap)EluFeatures.Default : new RandomFeatures(model.Config.HeadDim, 40);
        var kernel = new LinearAttention(map, chunk: 3);
        var whole = model.Decoder.call(tokens, new ForwardPass { Attention = kernel });
        var first = model.Decoder.call(tokens.narrow(1, 0, 7), new ForwardPass { Attention = kernel, Cache = cache });
        var second = model.Decoder.call(tokens.narrow(1, 7, 5), new ForwardPass { Attention = kernel, Cache = cache });
        Assert.True((whole - cat([first, second], 1)).abs().max().item<float>() < 1e-4f);    // logits of 12: some roundings of 12 x 2^-24
    }

    // The mean over seeds of the error against full attention, at each size.
    private static void Falls(IEnumerable<int> seeds, int[] sizes, bool causal, Func<int, int, IAttentionKernel> kernel)
    {
        using var scope = NewDisposeScope();
        // Neighbours are alike, as means of stretches want it: sums of random steps.
        var (q, k, v) = Heads(seed: 45, time: 48);
        (q, k, v) = (q.cumsum(2) / 3, k.cumsum(2) / 3, v.cumsum(2));
        var pass = new ForwardPass { Mask = causal ? CausalMask.Create([0], 48, window: null, ScalarType.Float32, CPU) : null };
        var full = PlainAttention.Default.Attend(q, k, v, 0, pass);
        var errors = sizes.Select(size => seeds.Average(seed => Error(full, kernel(seed, size).Attend(q, k, v, 0, pass)))).ToArray();
        Assert.True(errors.Zip(errors.Skip(1)).All(pair => pair.Second < pair.First), string.Join(", ", errors));
    }

    private static double Error(Tensor expected, Tensor actual) => ((expected - actual).norm() / expected.norm()).item<float>();

    // Weighted means of numbers of size 1 to 4: some tens of roundings of 2^-24 each.
    private static void Same(Tensor expected, Tensor actual) => Assert.True((expected - actual).abs().max().item<float>() < 1e-5f);

    private static (Tensor Q, Tensor K, Tensor V) Heads(int seed, int time)
    {
        using var generator = new Generator((ulong)seed);
        return (randn([1, 4, time, HeadDim], generator: generator), randn([1, 2, time, HeadDim], generator: generator),
            randn([1, 2, time, HeadDim], generator: generator));
    }
}
