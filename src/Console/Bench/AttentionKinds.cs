using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Attending.Approximate;
using LlmRabbitHoles.Attending.Sparse;
using LlmRabbitHoles.Model;
using TorchSharp;

namespace LlmRabbitHoles.CommandLine;

/// <summary>A way to attend, with its counted cost for one head over a text.</summary>
/// <param name="Name">The same for all settings.</param>
/// <param name="Setting">Its size, in words.</param>
/// <param name="Paper">Its number on arXiv.</param>
/// <param name="IsCausal">Whether no token sees a later one.</param>
/// <param name="Kernel">Attends.</param>
/// <param name="Scores">Products of a query and a key that it computes over so many tokens; null where it computes none.</param>
/// <param name="Operations">Multiplications over so many tokens.</param>
internal sealed record AttentionKind(
    string Name, string Setting, string Paper, bool IsCausal, IAttentionKernel Kernel, Func<long, long>? Scores,
    Func<long, double> Operations);

/// <summary>The ways to attend that are measured.</summary>
internal sealed class AttentionKinds : IDisposable
{
    private const int Chunk = 64;
    private static readonly int[] _ranks = [32, 128];
    private readonly List<RandomFeatures> _features = [];
    private readonly int _headDim;

    public AttentionKinds(DecoderConfig config, torch.Device device)
    {
        _headDim = config.HeadDim;
        Full = OfScores("full", "all keys", "1706.03762", isCausal: true, PlainAttention.Default, time => time * time);
        All =
        [
            Full,
            OfScores("tiled", "tiles of 64 x 64", "2205.14135", isCausal: true, new TiledAttention(), time => TiledScores(time, 64)),
            Sparse("local", "window 64", "2004.05150", new LocalPattern(64)),
            Sparse("sinks + window", "4 + 60", "2309.17453", new SinkPattern(4, 60)),
            Sparse("strided", "stride 32", "1904.10509", new StridedPattern(32), tile: 8),
            Sparse("block", "blocks of 32, 1 random", "2007.14062", new BlockPattern(32), tile: 32),
            Sparse("top-k", "32 keys", "2106.06899", new TopKPattern(32)),
            Linear("performer", "2009.14794", Random(64, device), 64),
            Linear("performer", "2009.14794", Random(256, device), 256),
            Linear("linear (elu + 1)", "2006.16236", EluFeatures.Default, _headDim),
            .. _ranks.Select(rank => OfScores(
                "linformer", $"rank {rank}", "2006.04768", isCausal: false, new LowRankAttention(rank),
                time => time * Math.Min(rank, time))),
            .. _ranks.Select(count => OfScores(
                "nystrom", $"{count} landmarks", "2102.03902", isCausal: false, new NystromAttention(count),
                time => Math.Min(count, time) * ((2 * time) + Math.Min(count, time)))),
        ];
    }

    /// <summary>Full attention, to which the others are compared.</summary>
    public AttentionKind Full { get; }

    public IReadOnlyList<AttentionKind> All { get; }

    public void Dispose()
    {
        foreach (var features in _features) features.Dispose();
    }

    // A score and its weight's share of the values: 2 headDim multiplications.
    private AttentionKind OfScores(
        string name, string setting, string paper, bool isCausal, IAttentionKernel kernel, Func<long, long> scores) =>
        new(name, setting, paper, isCausal, kernel, scores, time => 2.0 * scores(time) * _headDim);

    private AttentionKind Sparse(string name, string setting, string paper, IAttentionPattern pattern, int tile = 64)
    {
        var kernel = new SparseAttention(pattern, tile);
        return OfScores(name, setting, paper, isCausal: true, kernel, time => kernel.Cost(time).Computed);
    }

    // Within a chunk all pairs; a product with the sum and one into it; the features of random directions, of queries and keys.
    private AttentionKind Linear(string name, string paper, IFeatureMap map, int features) => new(
        name, $"{features} features", paper, IsCausal: true, new LinearAttention(map, Chunk), Scores: null,
        time => (double)time * ((Chunk * (features + _headDim)) + (2 * features * (_headDim + 1))
            + (map is RandomFeatures ? 2 * features * _headDim : 0)));

    private RandomFeatures Random(int count, torch.Device device)
    {
        _features.Add(new RandomFeatures(_headDim, count, seed: 1, device));
        return _features[^1];
    }

    /// <summary>Tiles that a causal mask hides whole are skipped.</summary>
    private static long TiledScores(long time, long tile)
    {
        var scores = 0L;
        for (var start = 0L; start < time; start += tile)
            scores += (Math.Min(time, start + tile) - start) * Math.Min(time, start + tile);
        return scores;
    }
}
