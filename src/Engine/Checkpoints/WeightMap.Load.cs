using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints;

/// <content>From a checkpoint's tensors to the decoder's parameters.</content>
internal static partial class WeightMap
{
    /// <summary>Every parameter of a decoder, in the order of the forward pass.</summary>
    /// <param name="weights">The checkpoint's.</param>
    /// <param name="config">The decoder's sizes and variants.</param>
    /// <returns>Each by the decoder's name: a CPU tensor in the stored dtype, owned by the caller. Read one at a time.</returns>
    public static IEnumerable<(string Name, Tensor Weight)> Load(IStoredWeights weights, DecoderConfig config) =>
        Each(config).Select(spec => (spec.Name, weights.Read(spec.Name)));

    /// <inheritdoc cref="Load(IStoredWeights, DecoderConfig)"/>
    /// <exception cref="CheckpointException">A tensor is missing, misshapen, or not F32, F16 or BF16.</exception>
    public static IEnumerable<(string Name, Tensor Weight)> Load(SafetensorsIndex weights, DecoderConfig config)
    {
        Check(weights, config);
        return Load(new SafetensorsWeights(weights, config), config);
    }

    /// <summary>Checks that a checkpoint holds what a decoder needs, and nothing that it would ignore in silence. Reads no data.</summary>
    /// <param name="weights">The checkpoint's tensors.</param>
    /// <param name="config">The decoder's sizes and variants.</param>
    /// <param name="quantized">Those of the weights that are quantized, where some may be.</param>
    /// <exception cref="CheckpointException">A tensor is missing, misshapen, not F32, F16 or BF16, or
    /// has no place in the decoder.</exception>
    public static void Check(SafetensorsIndex weights, DecoderConfig config, GptqWeights? quantized = null)
    {
        var (prefix, names) = (PrefixOf(weights, config), new WeightNames(config));
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var spec in Each(config))
        {
            var name = spec.Source.FullName(prefix);
            if (!known.Add(name)) continue;
            if (quantized is not null && GptqWeights.MayHold(spec.Name) && quantized.Holds(name))
                known.UnionWith(quantized.Check(name, spec.Source.OutputsOf(spec.Shape[0]).All, spec.Shape[1]));
            else Check(weights, spec, name);
        }
        foreach (var name in weights.Names)
            if (!known.Contains(name) && !WeightNames.IsBuffer(name) && !names.IsOfImages(name) && !IsTiedHead(name, config)
                && quantized?.IsNoBias(name) != true)
                throw new CheckpointException(
                    $"Weight '{name}' in '{weights[name].File}' has no place in the {config.Architecture} model of {config.Layers} " +
                    "layers that config.json describes. Check model_type, the number of layers and the bias settings there.");
    }

    private static bool IsTiedHead(string name, DecoderConfig config) =>
        config.TiedEmbeddings && name is ("lm_head.weight" or "language_model.lm_head.weight");

    /// <summary>A sentence on tensors that are there and that the decoder does not read; null where there are none.</summary>
    /// <param name="weights">The checkpoint's tensors.</param>
    /// <param name="config">The decoder's sizes and variants.</param>
    public static string? LeftOut(SafetensorsIndex weights, DecoderConfig config)
    {
        var names = new WeightNames(config);
        return weights.Names.Count(names.IsOfImages) is var count and not 0
            ? $"The part of '{weights.Source}' that reads images ({count} tensors) is left out: the model reads text only."
            : null;
    }

    private static void Check(SafetensorsIndex weights, WeightSpec spec, string name)
    {
        if (!weights.Contains(name))
            throw new CheckpointException(
                $"Weight '{name}' is missing from '{weights.Source}'; the config needs it as {Show(spec.Source.StoredAxes(spec.Axes))}. "
                + (spec.Name == "lm_head.weight"
                    ? "If the output head is the embedding table, set tie_word_embeddings to true in config.json."
                    : "Check that config.json belongs to these weights, or download them again."));
        var entry = weights[name];
        var axes = spec.Source.StoredAxes(spec.Axes);
        if (!entry.Shape.SequenceEqual(axes.Select(axis => axis.Size)))
            throw Misshapen(entry, axes);
        if (entry.Dtype.Name is not ("F32" or "F16" or "BF16"))
            throw new CheckpointException($"Weight '{name}' in '{entry.File}' is stored as {entry.Dtype.Name}; " +
                "F32, F16 or BF16 is needed. Choose or convert to such a checkpoint.");
    }

    private static CheckpointException Misshapen(SafetensorsEntry entry, IReadOnlyList<WeightAxis> axes)
    {
        WeightAxis[] wrong = entry.Shape.Count == axes.Count ? [.. axes.Where((axis, i) => axis.Size != entry.Shape[i])] : [.. axes];
        return new(
            $"Weight '{entry.Name}' in '{entry.File}' is [{string.Join(", ", entry.Shape)}]; the config needs {Show(axes)} "
            + $"({string.Join(", ", wrong.Select(axis => axis.Meaning))}). "
            + $"Check {string.Join(" and ", wrong.Select(axis => axis.Key).Distinct())} in config.json.");
    }

    // Saved by the model with its head ("model.", "transformer.") or without ("").
    internal static string PrefixOf(SafetensorsIndex weights, DecoderConfig config)
    {
        var names = new WeightNames(config);
        return names.Prefixes.FirstOrDefault(prefix => weights.Contains(names.Of("embed_tokens.weight").FullName(prefix)))
            ?? names.Prefixes[0];
    }

    private static string Show(IEnumerable<WeightAxis> axes) => $"[{string.Join(", ", axes.Select(axis => axis.Size))}]";
}
