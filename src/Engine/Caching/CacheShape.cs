namespace LlmRabbitHoles.Caching;

/// <summary>What a cache holds of each token: its keys and values in every layer.</summary>
/// <param name="Layers">Layers of the model.</param>
/// <param name="KeyValueHeads">kvHeads of each layer.</param>
/// <param name="HeadDim">Width of a head.</param>
/// <param name="Dtype">The model's.</param>
/// <param name="Device">The model's.</param>
public sealed record CacheShape(int Layers, int KeyValueHeads, int HeadDim, ScalarType Dtype, Device Device);
