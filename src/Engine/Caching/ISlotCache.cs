namespace LlmRabbitHoles.Caching;

/// <summary>
/// A cache of numbered slots, one for each token: a pass reads and writes the slots of many sequences at once. The new tokens of all
/// sequences lie end to end in one row, so that no row has padding.
/// </summary>
public interface ISlotCache : IKeyValueCache
{
    /// <summary>Gives every sequence slots for its new tokens.</summary>
    /// <param name="counts">[batch]: new tokens of each sequence.</param>
    /// <exception cref="CacheFullException">A sequence would be longer than the capacity, or no page is free.</exception>
    void MakeRoom(IReadOnlyList<int> counts);

    /// <summary>The slots of some positions of a sequence.</summary>
    /// <param name="sequence">Its row.</param>
    /// <param name="start">The first position.</param>
    /// <param name="count">How many positions.</param>
    IEnumerable<long> Slots(int sequence, int start, int count);

    /// <summary>Stores one token in each slot.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="slots">[tokens] int64, each of them once.</param>
    /// <param name="keys">[kvHeads, tokens, headDim]</param>
    /// <param name="values">[kvHeads, tokens, headDim]</param>
    void Write(int layer, Tensor slots, Tensor keys, Tensor values);

    /// <summary>Copies the tokens of slots.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="slots">[tokens] int64, in any order, any of them as often as one likes.</param>
    /// <returns>[kvHeads, tokens, headDim] each; they live in the caller's scope.</returns>
    (Tensor Keys, Tensor Values) Gather(int layer, Tensor slots);
}
