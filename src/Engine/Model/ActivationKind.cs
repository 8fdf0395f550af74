namespace LlmRabbitHoles.Model;

/// <summary>The feed-forward network's nonlinearity.</summary>
public enum ActivationKind
{
    /// <summary>Gated: down(silu(gate(x)) * up(x)). Shazeer 2020, arXiv:2002.05202.</summary>
    SwiGlu,

    /// <summary>Not gated: down(gelu(up(x))), GELU by its tanh formula, as in GPT-2. Hendrycks and Gimpel 2016, arXiv:1606.08415.</summary>
    GeluTanh,

    /// <summary>Not gated: down(gelu(up(x))), GELU by the error function.</summary>
    Gelu,
}

/// <summary>What follows from the choice of a nonlinearity.</summary>
public static class ActivationKinds
{
    /// <summary>Whether the feed-forward network has a gate projection beside up and down.</summary>
    /// <param name="activation">The nonlinearity.</param>
    public static bool IsGated(this ActivationKind activation) => activation == ActivationKind.SwiGlu;
}
