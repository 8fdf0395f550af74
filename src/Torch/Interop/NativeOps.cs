using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>The native functions behind nn.functional, for the folder NN; not part of TorchSharp's API.</summary>
internal static class NativeOps
{
    /// <summary>input [.., in] times weight [out, in] transposed, plus bias [out].</summary>
    internal static Tensor linear(Tensor input, Tensor weight, Tensor? bias) => rabbit_linear(input, weight, bias);

    /// <summary>Normalised over the last axes, which have the sizes of shape; then times weight plus bias.</summary>
    internal static Tensor layer_norm(Tensor input, ReadOnlySpan<long> shape, Tensor? weight, Tensor? bias, double eps) =>
        rabbit_layer_norm(input, shape, shape.Length, weight, bias, eps);

    /// <summary>Rows of weight by index: [..] Int64 -> [.., width]; paddingIndex -1 is none.</summary>
    internal static Tensor embedding(Tensor weight, Tensor indices, long paddingIndex = -1, bool scaleByFrequency = false) =>
        rabbit_embedding(weight, indices, paddingIndex, scaleByFrequency);

    /// <summary>softmax(query keyᵀ / sqrt(headDim) + mask) value over [.., time, headDim]; a Bool mask keeps where it is true.</summary>
    internal static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? mask, double dropout, bool causal) =>
        rabbit_scaled_dot_product_attention(query, key, value, mask, dropout, causal);

    /// <summary>x * Phi(x), or its approximation with tanh.</summary>
    internal static Tensor gelu(Tensor input, bool tanh) => rabbit_gelu(input, tanh ? "tanh" : "none");

    /// <summary>While training, zeroes elements with probability p and scales the rest by 1 / (1 - p).</summary>
    internal static Tensor dropout(Tensor input, double p, bool training) => rabbit_dropout(input, p, training);

    /// <summary>As dropout, written into input; returns it.</summary>
    internal static Tensor dropout_(Tensor input, double p, bool training)
    {
        NativeError.Check(rabbit_dropout_(input, p, training));
        return input;
    }

    /// <summary>-log softmax(input)[target]; input [.., classes, ..], target Int64. reduction: 0 none, 1 mean, 2 sum.</summary>
    internal static Tensor cross_entropy(
        Tensor input, Tensor target, Tensor? weight, long reduction, long ignoreIndex, double labelSmoothing) =>
        rabbit_cross_entropy(input, target, weight, reduction, ignoreIndex, labelSmoothing);

    /// <summary>-input[target] for log-probabilities. reduction: 0 none, 1 mean, 2 sum.</summary>
    internal static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight, long reduction, long ignoreIndex) =>
        rabbit_nll_loss(input, target, weight, reduction, ignoreIndex);

    /// <summary>(input - target)^2. reduction: 0 none, 1 mean, 2 sum.</summary>
    internal static Tensor mse_loss(Tensor input, Tensor target, long reduction) => rabbit_mse_loss(input, target, reduction);
}
