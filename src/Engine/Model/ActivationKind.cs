namespace LlmRabbitHoles.Model;

/// <summary>The feed-forward network's nonlinearity.</summary>
public enum ActivationKind
{
    /// <summary>Gated: down(silu(gate(x)) * up(x)). Shazeer 2020, arXiv:2002.05202.</summary>
    SwiGlu,

    /// <summary>Gated: down(gelu(gate(x)) * up(x)), GELU by its tanh formula, as in Gemma. Shazeer 2020, arXiv:2002.05202.</summary>
    GeGlu,

    /// <summary>Not gated: down(gelu(up(x))), GELU by its tanh formula, as in GPT-2. Hendrycks and Gimpel 2016, arXiv:1606.08415.</summary>
    GeluTanh,

    /// <summary>Not gated: down(gelu(up(x))), GELU by the error function.</summary>
    Gelu,
}

/// <summary>Properties of a nonlinearity.</summary>
internal static class ActivationKinds
{
    /// <summary>Whether the feed-forward network has a gate projection beside up and down.</summary>
    /// <param name="activation">The nonlinearity.</param>
    public static bool IsGated(this ActivationKind activation) =>
        activation is ActivationKind.SwiGlu or ActivationKind.GeGlu;
}

/// <summary>The nonlinearities between two projections: without one, two matrices in a row would be one matrix.</summary>
internal static class Activations
{
    /// <summary>The function for a kind; where there is a gate, the function on it.</summary>
    /// <remarks>GELU: Hendrycks and Gimpel 2016, arXiv:1606.08415; SiLU: Elfwing et al. 2017, arXiv:1702.03118.</remarks>
    public static Func<Tensor, Tensor> For(ActivationKind kind) => kind switch
    {
        ActivationKind.SwiGlu => x => nn.functional.silu(x),
        ActivationKind.GeGlu or ActivationKind.GeluTanh => x => nn.functional.gelu(x, GELU.Approximate.tanh),
        ActivationKind.Gelu => x => nn.functional.gelu(x),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an activation that the decoder knows."),
    };
}
