namespace LlmRabbitHoles.Checkpoints;

/// <summary>The raw bytes of a tensor on the CPU, a window at a time: one span reaches no further than 2 GiB.</summary>
internal static class TensorBytes
{
    private const long WindowBytes = 256 << 20;

    /// <summary>Sees or fills one window.</summary>
    /// <param name="window">The tensor's own memory.</param>
    /// <param name="offset">Where the window begins, in bytes from the tensor's start.</param>
    public delegate void Visit(Span<byte> window, long offset);

    /// <param name="tensor">Contiguous, on the CPU, of any shape.</param>
    /// <param name="elementBytes">Size of one element.</param>
    /// <param name="visit">Called for each window in order.</param>
    /// <param name="windowBytes">The most bytes of a window.</param>
    public static void ForEachWindow(Tensor tensor, int elementBytes, Visit visit, long windowBytes = WindowBytes)
    {
        using var scope = NewDisposeScope();
        var flat = tensor.reshape(-1);
        var (count, step) = (flat.shape[0], windowBytes / elementBytes);
        for (long start = 0; start < count; start += step)
        {
            using var window = flat.narrow(0, start, Math.Min(step, count - start));
            visit(window.bytes, start * elementBytes);
        }
    }
}
