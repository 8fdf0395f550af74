namespace LlmRabbitHoles.Attending;

/// <summary>Lets each token look at itself and at the tokens before it in its sequence, at most a window back.</summary>
/// <remarks>Vaswani et al. 2017, section 3.2.3; windows: Beltagy et al. 2020, arXiv:2004.05150.</remarks>
internal static class CausalMask
{
    /// <summary>The mask that is added to attention scores.</summary>
    /// <param name="lengths">Tokens that come before the new ones in each sequence, [batch].</param>
    /// <param name="time">New tokens of each sequence.</param>
    /// <param name="window">How many tokens a token sees, itself included; <see langword="null"/>: all.</param>
    /// <param name="dtype">Of the scores.</param>
    /// <param name="device">Of the scores.</param>
    /// <returns>0 where a token may look and minus infinity where not: [1, time, longest + time] where all sequences are equally long, else
    /// [batch, 1, time, longest + time]; <see langword="null"/> where every token may see everything that is there.</returns>
    public static Tensor? Create(IReadOnlyList<int> lengths, long time, int? window, ScalarType dtype, Device device)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        var longest = lengths.Max();
        return lengths.All(length => length == longest)
            ? OfEqualLengths(longest, time, window, dtype, device)
            : OfEachLength(lengths, longest + time, time, window, dtype, device);
    }

    private static Tensor? OfEqualLengths(long length, long time, int? window, ScalarType dtype, Device device)
    {
        var context = length + time;
        if (time == 1 && !(context > window)) return null;
        using var scope = NewDisposeScope();
        var closed = full([1, time, context], float.NegativeInfinity, dtype: ScalarType.Float32, device: device);
        var mask = closed.triu(length + 1);
        if (context > window) mask = mask + closed.tril(length - window!.Value);
        return mask.to(dtype).MoveToOuterDisposeScope();
    }

    private static Tensor OfEachLength(IReadOnlyList<int> lengths, long context, long time, int? window, ScalarType dtype, Device device)
    {
        using var scope = NewDisposeScope();
        var first = tensor(lengths.Select(length => (long)length).ToArray(), device: device).view(-1, 1, 1, 1);
        var query = first + arange(time, device: device).view(1, 1, -1, 1);
        var key = arange(context, device: device).view(1, 1, 1, -1);
        var closed = key > query;
        if (window is { } width) closed = closed.logical_or(key <= query - width);
        return zeros(closed.shape, dtype: dtype, device: device).masked_fill_(closed, float.NegativeInfinity).MoveToOuterDisposeScope();
    }
}
