using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>A decoder's parameters as a checkpoint stores them, by the decoder's names.</summary>
internal interface IStoredWeights : IDisposable
{
    /// <summary>The files that hold them.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>Bytes of all.</summary>
    long Bytes { get; }

    /// <summary>The dtype of the table of token vectors; float32 where that is quantized.</summary>
    ScalarType Dtype { get; }

    /// <summary>One parameter as numbers.</summary>
    /// <param name="name">Such as layers.3.self_attn.q_proj.weight.</param>
    /// <returns>A CPU tensor, owned by the caller's scope; of a quantized parameter, float32.</returns>
    Tensor Read(string name);

    /// <summary>One parameter as it is quantized; null where it is stored as numbers.</summary>
    /// <param name="name">As for <see cref="Read"/>.</param>
    /// <returns>The caller owns it.</returns>
    QuantizedMatrix? ReadQuantized(string name);
}

/// <summary>The parameters in safetensors files.</summary>
/// <param name="index">The files; becomes this object's.</param>
/// <param name="config">The decoder's sizes and variants; the index was checked against it.</param>
/// <param name="quantized">Those of the parameters that are quantized, where some may be.</param>
internal sealed class SafetensorsWeights(SafetensorsIndex index, Model.DecoderConfig config, GptqWeights? quantized = null) : IStoredWeights
{
    private readonly Dictionary<string, WeightSpec> _specs =
        WeightMap.For(config).ToDictionary(spec => spec.Name, StringComparer.Ordinal);

    private readonly string _prefix = WeightMap.PrefixOf(index, config);

    public IReadOnlyList<string> Files => [.. index.Files.Select(file => file.Path)];

    public long Bytes => index.Bytes;

    public ScalarType Dtype => index[_specs["embed_tokens.weight"].Source.FullName(_prefix)].Dtype.Type!.Value;

    public Tensor Read(string name)
    {
        if (ReadQuantized(name) is { } matrix)
            using (matrix) return matrix.Decode(0, matrix.Rows);
        var source = _specs[name].Source;
        var stored = index.Read(source.FullName(_prefix));
        if (source is { Parts: 1, Transposed: false, Rows: null }) return stored;
        using (stored) return source.Split(stored);
    }

    public QuantizedMatrix? ReadQuantized(string name)
    {
        var stored = _specs[name].Source.FullName(_prefix);
        if (quantized is null || !GptqWeights.MayHold(name) || !quantized.Holds(stored)) return null;
        var outputs = _specs[name].Source.OutputsOf(_specs[name].Shape[0]);
        return quantized.Read(stored, outputs.First, outputs.Count);
    }

    public void Dispose() => index.Dispose();
}
