namespace LlmRabbitHoles.Caching;

/// <summary>Keys and values of the tokens that a model has read, so that the next token need not read them again.</summary>
/// <remarks>A forward appends to every layer, then advances once. Whatever the kind, the tokens that follow are those of no cache.</remarks>
public interface IKeyValueCache : IDisposable
{
    /// <summary>Tokens held.</summary>
    int Length { get; }

    /// <summary>Tokens that fit.</summary>
    int Capacity { get; }

    /// <summary>Bytes that the held tokens need: layers x 2 x kvHeads x headDim x bytes a number x tokens x batch.</summary>
    long Bytes { get; }

    /// <summary>Adds the keys and values of new tokens to one layer.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="keys">[batch, kvHeads, time, headDim]</param>
    /// <param name="values">[batch, kvHeads, time, headDim]</param>
    /// <returns>All keys and values of that layer, [batch, kvHeads, past + time, headDim]; they live in the caller's scope.</returns>
    /// <exception cref="CacheFullException">past + time is more than the capacity.</exception>
    (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values);

    /// <summary>Ends a forward: the tokens just appended to every layer now count as past.</summary>
    void Advance(int time);

    /// <summary>Forgets all but the first tokens.</summary>
    /// <param name="length">Tokens to keep, at most <see cref="Length"/>.</param>
    void Truncate(int length);
}
