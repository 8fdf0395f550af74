namespace LlmRabbitHoles.Caching.Paging;

/// <summary>Where the pages of a cache lie and in which form. A slot is the room of one token: page x pageSize + offset.</summary>
internal interface IPageStorage : IDisposable
{
    /// <summary>No read or write crosses a multiple of this many slots.</summary>
    int BlockSlots { get; }

    /// <summary>Layers of the model.</summary>
    int Layers { get; }

    /// <summary>Bytes of one slot in all layers.</summary>
    long BytesPerSlot { get; }

    /// <summary>Bytes reserved for slots.</summary>
    long ReservedBytes { get; }

    /// <summary>Makes room for so many slots; those that exist keep their content.</summary>
    void Reserve(long slots);

    /// <summary>Stores tokens in neighbouring slots.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="slot">The first slot.</param>
    /// <param name="keys">[kvHeads, tokens, headDim]</param>
    /// <param name="values">[kvHeads, tokens, headDim]</param>
    void Write(int layer, long slot, Tensor keys, Tensor values);

    /// <summary>Reads neighbouring slots.</summary>
    /// <returns>[kvHeads, count, headDim] each, in the model's dtype; they live in the caller's scope.</returns>
    (Tensor Keys, Tensor Values) Read(int layer, long slot, int count);

    /// <summary>Copies slots of every layer.</summary>
    void Copy(long from, long to, int count);
}

/// <summary>Pages whose slots can be read and written in any order, many at once.</summary>
internal interface IIndexedPages : IPageStorage
{
    /// <inheritdoc cref="ISlotCache.Write"/>
    void Write(int layer, Tensor slots, Tensor keys, Tensor values);

    /// <inheritdoc cref="ISlotCache.Gather"/>
    (Tensor Keys, Tensor Values) Gather(int layer, Tensor slots);
}
