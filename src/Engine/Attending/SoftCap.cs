namespace LlmRabbitHoles.Attending;

/// <summary>Keeps numbers between -cap and cap without a kink: cap tanh(x / cap).</summary>
/// <remarks>Bello et al. 2016, arXiv:1611.09940; Gemma 2, arXiv:2408.00118, section 2.</remarks>
internal static class SoftCap
{
    /// <summary>The cap as a function; the result is in the input's dtype. Null gives the input back.</summary>
    public static Func<Tensor, Tensor> Of(double? cap)
    {
        if (cap is not { } limit) return x => x;
        return x =>
        {
            using var scope = NewDisposeScope();
            return ((x / limit).tanh() * limit).MoveToOuterDisposeScope();
        };
    }
}
