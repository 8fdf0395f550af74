namespace LlmRabbitHoles.Attending;

/// <summary>
/// Attends with queries over the keys and values of a cache: plain, fused, paged, with sinks, quantized.
/// </summary>
/// <remarks>A kernel reads the pass's cache in place, in the form in which the cache holds it.</remarks>
public interface IAttentionKernel
{
    /// <summary>Adds the new keys and values to the pass's cache and attends over all that it then holds.</summary>
    /// <param name="q">[batch, heads, time, headDim]; heads is a multiple of kvHeads.</param>
    /// <param name="k">[batch, kvHeads, time, headDim]</param>
    /// <param name="v">[batch, kvHeads, time, headDim]</param>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="pass">Brings cache, mask and trace.</param>
    /// <returns>[batch, heads, time, headDim], owned by the caller's scope.</returns>
    Tensor Attend(Tensor q, Tensor k, Tensor v, int layer, ForwardPass pass);
}
