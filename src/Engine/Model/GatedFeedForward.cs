namespace LlmRabbitHoles.Model;

/// <summary>Feed-forward with a gate: one projection decides how much of the other passes; each token on its own.</summary>
/// <remarks>SwiGLU and GeGLU: Shazeer 2020, arXiv:2002.05202, eq. 5 and 6.</remarks>
internal sealed class GatedFeedForward : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "gate_proj")]
    private readonly nn.Module<Tensor, Tensor> _gate;
    [ComponentName(Name = "up_proj")]
    private readonly nn.Module<Tensor, Tensor> _up;
    [ComponentName(Name = "down_proj")]
    private readonly nn.Module<Tensor, Tensor> _down;
    private readonly Func<Tensor, Tensor, Tensor> _gated;

    /// <summary>A gated feed-forward network hidden -> feedForward -> hidden.</summary>
    public GatedFeedForward(PartFactory parts) : base(nameof(GatedFeedForward))
    {
        var config = parts.Config;
        _gate = parts.Projection("gate_proj", config.HiddenSize, config.FeedForwardSize, config.FeedForwardBias);
        _up = parts.Projection("up_proj", config.HiddenSize, config.FeedForwardSize, config.FeedForwardBias);
        _down = parts.Projection("down_proj", config.FeedForwardSize, config.HiddenSize, config.FeedForwardBias);
        _gated = parts.Gate();
        RegisterComponents();
    }

    /// <param name="x">[batch, time, hidden]</param>
    /// <returns>[batch, time, hidden]</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return _down.call(_gated(_gate.call(x), _up.call(x))).MoveToOuterDisposeScope();
    }
}
