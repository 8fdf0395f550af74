namespace LlmRabbitHoles.Caching;

/// <summary>A cache that holds a sequence in several blocks, which attention reads in place, one after the other.</summary>
public interface IBlockedCache : IKeyValueCache
{
    /// <summary>Adds the keys and values of new tokens to one layer, each row after what its sequence holds.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="keys">[batch, kvHeads, time, headDim]</param>
    /// <param name="values">[batch, kvHeads, time, headDim]</param>
    /// <exception cref="CacheFullException">A sequence would be longer than the capacity, or no page is free.</exception>
    void Write(int layer, Tensor keys, Tensor values);

    /// <summary>The blocks of one sequence in the order of their positions, with the tokens just written.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="sequence">Its row.</param>
    /// <param name="time">Tokens just written to each row.</param>
    /// <returns>Made one at a time; each lives in the caller's scope.</returns>
    IEnumerable<KeyValueBlock> Blocks(int layer, int sequence, long time);
}

/// <summary>Keys and values of tokens that follow each other in a sequence.</summary>
/// <param name="Start">Position of the first of them.</param>
/// <param name="Keys">[kvHeads, tokens, headDim]</param>
/// <param name="Values">[kvHeads, tokens, headDim]</param>
public sealed record KeyValueBlock(int Start, Tensor Keys, Tensor Values);
