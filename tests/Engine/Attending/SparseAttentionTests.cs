using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Attending.Sparse;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class SparseAttentionTests
{
    // Weighted means of numbers of size 1 to 4 over at most 40 keys: some tens of roundings of 2^-24 each.
    private const float Tolerance = 4e-6f;

    public static TheoryData<IAttentionPattern> Positional =>
        [new LocalPattern(5), new SinkPattern(2, 4), new StridedPattern(6), new BlockPattern(4), new BlockPattern(3, RandomBlocks: 0)];

    public static TheoryData<IAttentionPattern> CoverAll =>
        [new LocalPattern(37), new SinkPattern(0, 37), new SinkPattern(37, 1), new StridedPattern(1), new BlockPattern(37, 0),
            new TopKPattern(37)];

    // o: may look, .: may not; a line a token, a column a key.
    private static string[] Drawn(IAttentionPattern pattern, int time)
    {
        using var scope = NewDisposeScope();
        var mask = SparseAttention.Mask(pattern, time)[0, 0];
        return [.. Enumerable.Range(0, time).Select(t => string.Concat(mask[t].data<float>().Select(x => x == 0 ? 'o' : '.')))];
    }

    [Fact]
    public void ALocalPatternSeesItsWindow() => Assert.Equal(["o...", "oo..", ".oo.", "..oo"], Drawn(new LocalPattern(2), 4));

    [Fact]
    public void SinksStayBesideTheWindow() =>
        Assert.Equal(["o....", "oo...", "ooo..", "o.oo.", "o..oo"], Drawn(new SinkPattern(1, 2), 5));

    [Fact]
    public void AStrideSeesEverySoManyTokensBack() =>
        Assert.Equal(["o......", "oo.....", "ooo....", "oooo...", ".oooo..", "..oooo.", "o..oooo"], Drawn(new StridedPattern(3), 7));

    [Fact]
    public void ABlockSeesItselfItsNeighbourAndTheFirst() => Assert.Equal(
        ["o.......", "oo......", "ooo.....", "oooo....", "ooooo...", "oooooo..", "oo..ooo.", "oo..oooo"],
        Drawn(new BlockPattern(2, RandomBlocks: 0), 8));

    [Theory]
    [MemberData(nameof(Positional))]
    public void GatheredKeysGiveWhatAMaskGives(IAttentionPattern pattern)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(31);
        var (q, k, v) = Heads(generator, 37);
        var expected = PlainAttention.Default.Attend(q, k, v, 0, new ForwardPass { Mask = SparseAttention.Mask(pattern, 37) });
        foreach (var tile in new[] { 1, 4, 7, 64 })
        {
            var actual = new SparseAttention(pattern, tile).Attend(q, k, v, 0, new ForwardPass());
            Assert.True((expected - actual).abs().max().item<float>() < Tolerance, $"{pattern}, tile {tile}");
        }
    }

    [Theory]
    [MemberData(nameof(CoverAll))]
    public void APatternThatCoversEverythingIsFullAttention(IAttentionPattern pattern)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(32);
        var (q, k, v) = Heads(generator, 37);
        var pass = new ForwardPass { Mask = CausalMask.Create([0], 37, window: null, ScalarType.Float32, CPU) };
        var expected = PlainAttention.Default.Attend(q, k, v, 0, pass);
        // One tile makes the same products in the same order: the same bits.
        Assert.True(expected.equal(new SparseAttention(pattern).Attend(q, k, v, 0, pass)).all().item<bool>(), $"{pattern}");
        var tiled = new SparseAttention(pattern, tile: 8).Attend(q, k, v, 0, pass);
        Assert.True((expected - tiled).abs().max().item<float>() < Tolerance, $"{pattern}");
    }

    [Fact]
    public void TopKKeepsTheHighestScoresAndItself()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(33);
        var (q, k, v) = Heads(generator, 20);
        var scores = (q[0, 0].matmul(k[0, 0].transpose(0, 1)) / Math.Sqrt(8)).data<float>().ToArray();
        var expected = new float[20 * 20];
        for (var t = 0; t < 20; t++)
        {
            var chosen = Enumerable.Range(0, t + 1).OrderByDescending(key => scores[(t * 20) + key]).Take(3).Append(t).Distinct().ToArray();
            var total = chosen.Sum(key => MathF.Exp(scores[(t * 20) + key]));
            foreach (var key in chosen) expected[(t * 20) + key] = MathF.Exp(scores[(t * 20) + key]) / total;
        }
        var wanted = tensor(expected, 20, 20).matmul(v[0, 0]);
        var actual = new SparseAttention(new TopKPattern(3), tile: 6).Attend(q, k, v, 0, new ForwardPass())[0, 0];
        Assert.True((wanted - actual).abs().max().item<float>() < Tolerance);
    }

    [Theory]
    [MemberData(nameof(Positional))]
    public void ReadingInPartsGivesWhatReadingAtOnceGives(IAttentionPattern pattern)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        using var cache = model.CreateCache(16);
        var tokens = tensor([1L, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 1, 12);
        var kernel = new SparseAttention(pattern, tile: 3);
        var whole = model.Decoder.call(tokens, new ForwardPass { Attention = kernel });
        var first = model.Decoder.call(tokens.narrow(1, 0, 7), new ForwardPass { Attention = kernel, Cache = cache });
        var second = model.Decoder.call(tokens.narrow(1, 7, 5), new ForwardPass { Attention = kernel, Cache = cache });
        var far = (whole - cat([first, second], 1)).abs().max().item<float>();
        Assert.True(far < 1e-4f, $"{pattern} is off by {far}");    // logits of 12: two layers of some roundings of 12 x 2^-24
    }

    [Theory]
    [MemberData(nameof(Positional))]
    public void RowsOfDifferentLengthsSeeWhatEachSeesAlone(IAttentionPattern pattern)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(34);
        var shape = new CacheShape(1, 2, 8, ScalarType.Float32, CPU);
        using var both = new ContiguousCache(shape, 32, batch: 2);
        var (_, k, v) = Heads(generator, 9, batch: 2);
        both.Append(0, k, v);
        both.Advance([9, 4]);
        var (q, newK, newV) = Heads(generator, 6, batch: 2);
        var kernel = new SparseAttention(pattern, tile: 4);
        var mask = CausalMask.Create([9, 4], 6, window: null, ScalarType.Float32, CPU);
        var rows = kernel.Attend(q, newK, newV, 0, new ForwardPass { Cache = both, Mask = mask });
        foreach (var (row, length) in new[] { (0, 9), (1, 4) })
        {
            using var alone = new ContiguousCache(shape, 32);
            alone.Append(0, k.narrow(0, row, 1).narrow(2, 0, length), v.narrow(0, row, 1).narrow(2, 0, length));
            alone.Advance([length]);
            var one = kernel.Attend(
                q.narrow(0, row, 1), newK.narrow(0, row, 1), newV.narrow(0, row, 1), 0, new ForwardPass { Cache = alone });
            Assert.True((one[0] - rows[row]).abs().max().item<float>() < Tolerance, $"{pattern}, row {row}");
        }
    }

    [Fact]
    public void ScoresAreCounted()
    {
        // 100 tokens, windows of 10: 1 + 2 + ... + 9 + 91 x 10 pairs; tiles of 20 gather 20, then 29 keys each.
        Assert.Equal(new SparseCost(955, (20 * 20) + (4 * 20 * 29), 5050, 10000), new SparseAttention(new LocalPattern(10), 20).Cost(100));
        // All scores are computed before the highest are chosen: tiles of 20 up to their last query.
        Assert.Equal(20 * (20 + 40 + 60 + 80 + 100), new SparseAttention(new TopKPattern(3), 20).Cost(100).Computed);
    }

    [Fact]
    public void APatternThatSeesNothingIsRefused()
    {
        Assert.StartsWith("Window must be 1 or more: a token sees itself.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new LocalPattern(0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SinkPattern(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StridedPattern(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlockPattern(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopKPattern(0));
    }

    private static (Tensor Q, Tensor K, Tensor V) Heads(Generator generator, int time, int batch = 1) => (
        randn([batch, 4, time, 8], generator: generator), randn([batch, 2, time, 8], generator: generator),
        randn([batch, 2, time, 8], generator: generator));
}
