namespace LlmRabbitHoles.Model;

/// <summary>The directions in which the keys and values of one layer vary most, by its own projections.</summary>
/// <param name="Directions">[2 x kvHeads x headDim, rank]: orthonormal columns.</param>
/// <param name="Offset">[2 x kvHeads x headDim]: keys and values of the hidden state 0, which the biases give.</param>
/// <remarks>[k; v] = [Wk; Wv] (g x + c) + b, where g and c are those of the norm before: what varies lies in the columns of
/// [Wk; Wv] diag(g), and their first singular vectors are the best few directions for hidden states that vary alike in all of theirs
/// (Eckart and Young 1936).</remarks>
internal sealed record LatentBasis(Tensor Directions, Tensor Offset) : IDisposable
{
    /// <param name="decoder">Not quantized; its keys pass no norm of their own.</param>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="rank">Directions to keep.</param>
    /// <returns>In the decoder's dtype, on its device.</returns>
    public static LatentBasis Of(Decoder decoder, int layer, int rank)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var weights = decoder.named_parameters().ToDictionary(weight => weight.name, weight => weight.parameter, StringComparer.Ordinal);
        var projection = Both("weight") ?? throw new ArgumentException(
            "The decoder's key and value projections are quantized. Load the model without quantization.", nameof(decoder));
        var norm = $"layers.{layer}.input_layernorm.";
        var offset = Both("bias") ?? zeros([projection.shape[0]], ScalarType.Float32, projection.device);
        if (weights.TryGetValue(norm + "bias", out var shift)) offset = offset + projection.mv(shift.to(ScalarType.Float32));
        var (u, _, _) = linalg.svd(projection * weights[norm + "weight"].to(ScalarType.Float32), fullMatrices: false);
        return new LatentBasis(
            u.narrow(1, 0, rank).to(decoder.Dtype).clone().DetachFromDisposeScope(), offset.to(decoder.Dtype).DetachFromDisposeScope());

        Tensor? Both(string part) =>
            weights.TryGetValue($"layers.{layer}.self_attn.k_proj.{part}", out var keys)
            && weights.TryGetValue($"layers.{layer}.self_attn.v_proj.{part}", out var values)
                ? cat([keys.to(ScalarType.Float32), values.to(ScalarType.Float32)], 0)
                : null;
    }

    public void Dispose()
    {
        Directions.Dispose();
        Offset.Dispose();
    }
}
