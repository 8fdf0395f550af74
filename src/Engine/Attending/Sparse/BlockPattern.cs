namespace LlmRabbitHoles.Attending.Sparse;

/// <summary>The text in blocks: a token sees its own block, the block before, the first block, and some chosen at random.</summary>
/// <param name="Size">Tokens of a block.</param>
/// <param name="RandomBlocks">How many earlier blocks each block sees besides. Default 1.</param>
/// <param name="Seed">Chooses them. Default 1.</param>
/// <remarks>Zaheer et al. 2020 (BigBird), arXiv:2007.14062, figure 1: window, global and random blocks; here for causal texts, so the
/// first block is seen by all and sees only itself. All queries of a block see the same blocks: none is computed in vain.</remarks>
public sealed record BlockPattern(int Size, int RandomBlocks = 1, int Seed = 1) : IAttentionPattern
{
    /// <inheritdoc cref="BlockPattern" path="/param[@name='Size']"/>
    public int Size { get; init; } = Size >= 1 ? Size : throw new ArgumentOutOfRangeException(
        nameof(Size), Size, "Size must be 1 or more: a token sees its own block.");

    /// <inheritdoc cref="BlockPattern" path="/param[@name='RandomBlocks']"/>
    public int RandomBlocks { get; init; } = RandomBlocks >= 0 ? RandomBlocks : throw new ArgumentOutOfRangeException(
        nameof(RandomBlocks), RandomBlocks, "RandomBlocks must be 0 or more.");

    /// <inheritdoc/>
    public Tensor Allows(Tensor query, Tensor key)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(key);
        if (key.numel() == 0 || query.numel() == 0) return query == key;
        var highest = Math.Max(query.max().item<long>(), key.max().item<long>()) / Size;
        return Table(highest + 1).to(query.device)[
            TensorIndex.Tensor(query.floor_divide(Size)), TensorIndex.Tensor(key.floor_divide(Size))];
    }

    /// <inheritdoc/>
    public IEnumerable<long> Keys(long first, long last)
    {
        var blocks = new SortedSet<long>();
        for (var block = first / Size; block <= last / Size; block++) blocks.UnionWith(Seen(block));
        return blocks.SelectMany(block => Positions.From(block * Size, Math.Min(last, ((block + 1) * Size) - 1)));
    }

    /// <returns>[blocks, blocks] bool: which blocks each sees.</returns>
    private Tensor Table(long blocks)
    {
        var cells = new bool[blocks * blocks];
        for (var block = 0L; block < blocks; block++)
            foreach (var seen in Seen(block))
                cells[(block * blocks) + seen] = true;
        return tensor(cells).view(blocks, blocks);
    }

    /// <returns>Itself, the one before, the first, and the random ones.</returns>
    private IEnumerable<long> Seen(long block)
    {
        var random = new Random(HashCode(Seed, block));
        long[] chosen = [.. Enumerable.Range(0, RandomBlocks).Select(_ => random.NextInt64(block + 1))];
        return new[] { 0, Math.Max(0, block - 1), block }.Concat(chosen).Distinct();
    }

    // System.HashCode differs from run to run.
    private static int HashCode(int seed, long block) => unchecked((seed * 1_000_003) + (int)block);
}
