namespace LlmRabbitHoles.Caching;

/// <summary>Keeps the keys and values of the tokens that a model has read, so that it reads each token once.</summary>
/// <remarks>A forward appends to every layer, then advances once. Every kind of cache gives the same next tokens as no cache.</remarks>
public interface IKeyValueCache : IDisposable
{
    /// <summary>[batch]: tokens held of each sequence; empty for a cache that never holds any.</summary>
    IReadOnlyList<int> Lengths { get; }

    /// <summary>Tokens held of the longest sequence.</summary>
    int Length => Lengths.DefaultIfEmpty(0).Max();

    /// <summary>Tokens that fit of each sequence.</summary>
    int Capacity { get; }

    /// <summary>Bytes of the tokens held: layers x 2 x kvHeads x headDim x bytes per number, for each token.</summary>
    long UsedBytes { get; }

    /// <summary>Bytes that the cache occupies on the device, for tokens held and for tokens to come.</summary>
    long ReservedBytes { get; }

    /// <summary>Ends a forward: counts this many of the tokens just appended to each sequence as held.</summary>
    /// <param name="counts">[batch]; fewer than appended where a row has padding.</param>
    void Advance(IReadOnlyList<int> counts);

    /// <summary>Forgets all but the first tokens of a sequence.</summary>
    /// <param name="sequence">Its row.</param>
    /// <param name="length">Tokens to keep, at most those held.</param>
    void Truncate(int sequence, int length);

    /// <summary>Forgets all but the first tokens of every sequence.</summary>
    /// <param name="length">Tokens to keep; a shorter sequence stays as it is.</param>
    void Truncate(int length)
    {
        for (var sequence = 0; sequence < Lengths.Count; sequence++) Truncate(sequence, Math.Min(length, Lengths[sequence]));
    }

    /// <summary>The error of a cache whose sequence would become too long.</summary>
    internal static CacheFullException Full(int capacity, long needed) => new(
        $"The cache holds {capacity} tokens and {needed} are needed. Create it with a larger capacity, or shorten the text.");

    /// <summary>Makes each sequence a copy of one that is held now; there are then as many sequences as the list is long.</summary>
    /// <param name="from">[new batch]: the sequence that each row continues; one may be named often or never.</param>
    void Reorder(IReadOnlyList<int> from);
}

/// <summary>A cache that returns all keys and values of a layer in one tensor each.</summary>
public interface IWholeCache : IKeyValueCache
{
    /// <summary>Adds the keys and values of new tokens to one layer, each row after what its sequence holds.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="keys">[batch, kvHeads, time, headDim]</param>
    /// <param name="values">[batch, kvHeads, time, headDim]</param>
    /// <returns>All keys and values of that layer, [batch, kvHeads, longest + time, headDim]; they live in the caller's scope. In a
    /// shorter row, the entries after its own tokens have no meaning.</returns>
    /// <exception cref="CacheFullException">A sequence would be longer than the capacity.</exception>
    (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values);
}

/// <summary>Thrown when a sequence would become longer than its cache has room for.</summary>
public sealed class CacheFullException(string message, Exception? inner = null) : InvalidOperationException(message, inner);

/// <summary>The sizes of a cache: what it holds for each token, in every layer.</summary>
/// <param name="Layers">Layers of the model.</param>
/// <param name="KeyValueHeads">kvHeads of each layer.</param>
/// <param name="HeadDim">Width of a head.</param>
/// <param name="Dtype">The model's.</param>
/// <param name="Device">The model's.</param>
public sealed record CacheShape(int Layers, int KeyValueHeads, int HeadDim, ScalarType Dtype, Device Device);
