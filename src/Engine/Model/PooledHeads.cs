namespace LlmRabbitHoles.Model;

/// <summary>
/// The weights of a decoder with fewer key and value heads: each is the mean of the heads whose queries it serves from now on. The cache
/// shrinks by as much (multi-head to grouped to multi-query); without further training the answers suffer.
/// </summary>
/// <remarks>Ainslie et al. 2023, arXiv:2305.13245, section 2.1, who train 5% longer after it; multi-query: Shazeer 2019,
/// arXiv:1911.02150. Heads that are copies of each other are pooled without any change. (Rotation by position is the same for all heads,
/// so means before and after it agree.)</remarks>
public sealed class PooledHeads : IWeightSource
{
    private readonly DecoderConfig _from;
    private readonly int _heads;
    private readonly Dictionary<string, Parameter> _weights;

    /// <summary>Copies nothing yet.</summary>
    /// <param name="decoder">Stays the caller's and is not changed; not quantized.</param>
    /// <param name="keyValueHeads">Divides the decoder's own number.</param>
    /// <exception cref="ArgumentException">It does not, or the decoder is quantized.</exception>
    public PooledHeads(Decoder decoder, int keyValueHeads)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keyValueHeads);
        _from = decoder.Config;
        _heads = keyValueHeads;
        if (_from.KeyValueHeads % keyValueHeads != 0)
            throw new ArgumentException(
                $"The decoder has {_from.KeyValueHeads} key heads, and {keyValueHeads} does not divide them. Take a divisor.",
                nameof(keyValueHeads));
        _weights = decoder.named_parameters().ToDictionary(weight => weight.name, weight => weight.parameter, StringComparer.Ordinal);
    }

    /// <summary>A model with fewer key and value heads, made of another's weights.</summary>
    /// <param name="model">Stays the caller's and is not changed; not quantized.</param>
    /// <param name="keyValueHeads">Divides the model's own number.</param>
    /// <returns>Owned by the caller, as large on the device as the first.</returns>
    /// <exception cref="ArgumentException">It does not divide them, or the model is quantized.</exception>
    public static LanguageModel Pool(LanguageModel model, int keyValueHeads)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var use = model.Use();
        using var noGradients = no_grad();
        var config = model.Config with { KeyValueHeads = keyValueHeads };
        var decoder = new Decoder(config, new PooledHeads(model.Decoder, keyValueHeads), device: model.Device);
        decoder.eval();
        return new LanguageModel(decoder, model.HasTokenizer ? model.Tokenizer : null,
            model.HasChatTemplate ? model.ChatTemplate : null, model.Defaults, model.Folder);
    }

    /// <inheritdoc/>
    public Tensor Get(string name, params long[] shape)
    {
        if (!_weights.TryGetValue(name, out var weight))
            throw new ArgumentException($"The decoder has no weight '{name}'. Is it quantized? Load the model without quantization.");
        using var scope = NewDisposeScope();
        return (IsPooled(name) ? Pool(weight) : weight.detach().clone()).DetachFromDisposeScope();
    }

    private static bool IsPooled(string name) => name.Contains(".k_proj.", StringComparison.Ordinal)
        || name.Contains(".v_proj.", StringComparison.Ordinal);

    /// <param name="weight">[kvHeads x headDim, ...]: a matrix or a bias.</param>
    /// <returns>[fewer x headDim, ...]: neighbouring heads, whose queries are neighbours too, in one.</returns>
    private Tensor Pool(Parameter weight)
    {
        var heads = weight.detach().to(ScalarType.Float32).view(_heads, _from.KeyValueHeads / _heads, _from.HeadDim, -1);
        return heads.mean([1]).reshape([_heads * _from.HeadDim, .. weight.shape[1..]]).to(weight.dtype);
    }
}
