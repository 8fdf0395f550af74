namespace LlmRabbitHoles.Model;

/// <summary>The bends between two projections: without one, two matrices in a row would be one matrix.</summary>
public static class Activations
{
    /// <summary>The function of that name; of SwiGLU, the one on the gate.</summary>
    /// <remarks>GELU: Hendrycks and Gimpel 2016, arXiv:1606.08415; SiLU: Elfwing et al. 2017, arXiv:1702.03118.</remarks>
    public static Func<Tensor, Tensor> For(ActivationKind kind) => kind switch
    {
        ActivationKind.SwiGlu => Silu,
        ActivationKind.GeluTanh => x => nn.functional.gelu(x, GELU.Approximate.tanh),
        ActivationKind.Gelu => x => nn.functional.gelu(x),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an activation that the decoder knows."),
    };

    // The same numbers either way; but the gradient in bfloat16 takes a CPU six times as long as in float32.
    private static Tensor Silu(Tensor x) =>
        x.requires_grad ? nn.functional.silu(x.to(ScalarType.Float32)).to(x.dtype) : nn.functional.silu(x);
}
