namespace LlmRabbitHoles.Model;

/// <summary>Widens each token's vector, applies a nonlinearity, and narrows it again; each token on its own.</summary>
/// <remarks>Vaswani et al. 2017, eq. 2, with the activation that the configuration names.</remarks>
internal sealed class FeedForward : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "up_proj")]
    private readonly nn.Module<Tensor, Tensor> _up;
    [ComponentName(Name = "down_proj")]
    private readonly nn.Module<Tensor, Tensor> _down;
    private readonly Func<Tensor, Tensor> _activation;

    /// <summary>A feed-forward network hidden -> feedForward -> hidden.</summary>
    public FeedForward(PartFactory parts) : base(nameof(FeedForward))
    {
        var config = parts.Config;
        _up = parts.Projection("up_proj", config.HiddenSize, config.FeedForwardSize, config.FeedForwardBias);
        _down = parts.Projection("down_proj", config.FeedForwardSize, config.HiddenSize, config.FeedForwardBias);
        _activation = parts.Activation();
        RegisterComponents();
    }

    /// <param name="x">[batch, time, hidden]</param>
    /// <returns>[batch, time, hidden]</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return _down.call(_activation(_up.call(x))).MoveToOuterDisposeScope();
    }
}
