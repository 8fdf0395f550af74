namespace LlmRabbitHoles.Model;

/// <summary>Who may look at whom: a token sees itself and what came before, at most a window back.</summary>
public static class CausalMask
{
    /// <summary>The mask that is added to attention scores.</summary>
    /// <param name="time">Tokens that ask.</param>
    /// <param name="past">Tokens before them that are only looked at.</param>
    /// <param name="window">How many tokens a token sees, itself included; <see langword="null"/>: all.</param>
    /// <param name="dtype">Format of the scores.</param>
    /// <param name="device">Device of the scores.</param>
    /// <returns>[time, past + time] with 0 where a token may look and minus infinity where not; <see langword="null"/> where
    /// every token may see everything that is there.</returns>
    /// <remarks>Vaswani et al. 2017, section 3.2.3; windows: Beltagy et al. 2020, arXiv:2004.05150.</remarks>
    public static Tensor? Create(long time, long past, int? window, ScalarType dtype, Device device)
    {
        var windowCuts = past + time > window;
        if (time == 1 && !windowCuts) return null;
        using var scope = NewDisposeScope();
        var closed = full([time, past + time], float.NegativeInfinity, dtype: ScalarType.Float32, device: device);
        var mask = closed.triu(past + 1);
        if (windowCuts) mask = mask + closed.tril(past - window!.Value);
        return mask.to(dtype).MoveToOuterDisposeScope();
    }
}
