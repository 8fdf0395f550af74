namespace LlmRabbitHoles.Caching;

/// <summary>Keys and values of the tokens that a model has read, so that the next token need not read them again.</summary>
/// <remarks>A forward appends to every layer, then advances once. Whatever the kind, the tokens
/// that follow are those of no cache.</remarks>
public interface IKeyValueCache : IDisposable
{
    /// <summary>Tokens held of each sequence, [batch]; empty where nothing is ever held.</summary>
    IReadOnlyList<int> Lengths { get; }

    /// <summary>Tokens held of the longest sequence.</summary>
    int Length => Lengths.DefaultIfEmpty(0).Max();

    /// <summary>Tokens that fit of each sequence.</summary>
    int Capacity { get; }

    /// <summary>Bytes of the tokens held: layers x 2 x kvHeads x headDim x bytes a number for each.</summary>
    long UsedBytes { get; }

    /// <summary>Bytes that the cache has taken from the device, for tokens held and tokens to come.</summary>
    long ReservedBytes { get; }

    /// <summary>Adds the keys and values of new tokens to one layer, each row behind what is held of its sequence.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="keys">[batch, kvHeads, time, headDim]</param>
    /// <param name="values">[batch, kvHeads, time, headDim]</param>
    /// <returns>All keys and values of that layer, [batch, kvHeads, longest + time, headDim]; they live in the caller's scope. In a shorter
    /// row, what stands behind its own tokens is no token's.</returns>
    /// <exception cref="CacheFullException">A sequence would be longer than the capacity.</exception>
    (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values);

    /// <summary>Ends a forward: of the tokens just appended to every layer, so many of each sequence now count as held.</summary>
    /// <param name="counts">[batch]; fewer than were appended where the rest was padding.</param>
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
}
