namespace LlmRabbitHoles.Caching.Paging;

/// <content>Sequences that wait in host memory.</content>
public sealed partial class PagedCache
{
    /// <summary>Moves a sequence to host memory; its row is empty afterwards.</summary>
    /// <param name="sequence">Its row; it holds at least one token.</param>
    /// <returns>The caller's, to dispose or to give back to <see cref="SwapIn"/>.</returns>
    internal SwappedSequence SwapOut(int sequence)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var length = _lengths[sequence];
        var layers = Enumerable.Range(0, _storage.Layers).Select(layer => Host(layer, sequence, length)).ToArray();
        var swapped = new SwappedSequence(stack(layers).DetachFromDisposeScope());
        Truncate(sequence, 0);
        return swapped;
    }

    /// <summary>Moves a sequence back. What it holds by then of its beginning is not copied again.</summary>
    /// <param name="sequence">A row that holds nothing, or what <see cref="Adopt"/> found of the same text.</param>
    /// <param name="swapped">Stays the caller's.</param>
    /// <exception cref="CacheFullException">No page is free; the row is then as it was.</exception>
    internal void SwapIn(int sequence, SwappedSequence swapped)
    {
        var (held, missing) = (_lengths[sequence], swapped.Length - _lengths[sequence]);
        if (missing <= 0) return;
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        try
        {
            MakeRoom(sequence, missing);
        }
        catch (CacheFullException)
        {
            Shrink(sequence);
            throw;
        }
        foreach (var run in Runs(sequence, held, missing).ToArray())
        {
            var part = swapped.Content.narrow(3, run.Start, run.Count);
            for (var layer = 0; layer < _storage.Layers; layer++) _storage.Write(layer, run.Slot, part[layer, 0], part[layer, 1]);
        }
        Advance(sequence, missing);
    }

    /// <returns>[2, kvHeads, tokens, headDim] on the CPU: keys and values.</returns>
    private Tensor Host(int layer, int sequence, int length)
    {
        var blocks = Blocks(layer, sequence, 0, length).ToArray();
        return stack([cat([.. blocks.Select(block => block.Keys)], 1), cat([.. blocks.Select(block => block.Values)], 1)]).cpu();
    }
}

/// <summary>The keys and values of a sequence in host memory.</summary>
/// <param name="content">[layers, 2, kvHeads, tokens, headDim]; becomes its own.</param>
internal sealed class SwappedSequence(Tensor content) : IDisposable
{
    public Tensor Content { get; } = content;

    /// <summary>Tokens.</summary>
    public int Length => (int)Content.shape[3];

    public void Dispose() => Content.Dispose();
}
