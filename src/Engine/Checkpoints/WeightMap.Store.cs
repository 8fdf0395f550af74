using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints;

/// <content>From the decoder's parameters to a checkpoint's tensors.</content>
internal static partial class WeightMap
{
    /// <summary>What a checkpoint stores for a decoder, under the names and in the layout that transformers expects.</summary>
    /// <param name="config">The decoder's sizes and variants.</param>
    /// <param name="weights">Every parameter by the decoder's name, on any device; they have to live until the tensors are made.</param>
    /// <param name="dtype">The dtype to store: Float32, Float16 or BFloat16.</param>
    /// <exception cref="CheckpointException">A parameter is missing, misshapen, or not the decoder's.</exception>
    public static IReadOnlyList<TensorToStore> Store(
        DecoderConfig config, IReadOnlyDictionary<string, Tensor> weights, ScalarType dtype = ScalarType.BFloat16)
    {
        var specs = For(config);
        foreach (var spec in specs)
            CheckParameter(weights, spec);
        RefuseUnknown(config, weights, specs);
        var prefix = new WeightNames(config).Prefixes[0];
        return [.. specs.GroupBy(spec => spec.Source.FullName(prefix)).Select(parts => StoreOne(
            parts.Key, [.. parts], name => weights[name].alias(), dtype))];
    }

    /// <summary>The tensor that some parameters share.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="parts">The parameters.</param>
    /// <param name="read">Gives each by the decoder's name, owned by the scope of the writer.</param>
    /// <param name="dtype">The dtype to store.</param>
    public static TensorToStore StoreOne(string name, WeightSpec[] parts, Func<string, Tensor> read, ScalarType dtype)
    {
        var first = parts[0];
        return new(name, dtype, [.. first.Source.StoredAxes(first.Axes).Select(axis => axis.Size)],
            () => first.Source.Join([.. InOrder(parts).Select(part => read(part.Name))]));
    }

    /// <summary>The parameters that share a stored tensor, as they follow each other in it.</summary>
    public static IEnumerable<WeightSpec> InOrder(IEnumerable<WeightSpec> parts) =>
        parts.OrderBy(part => part.Source.Rows?.First ?? part.Source.Part);

    private static void CheckParameter(IReadOnlyDictionary<string, Tensor> weights, WeightSpec spec)
    {
        if (!weights.TryGetValue(spec.Name, out var weight))
            throw new CheckpointException($"Weight '{spec.Name}' is not among the {weights.Count} to save; " +
                $"the config needs it as {Show(spec.Axes)}. Save the whole decoder, or correct the config.");
        if (!weight.shape.SequenceEqual(spec.Shape))
            throw new CheckpointException(
                $"Weight '{spec.Name}' to save is [{string.Join(", ", weight.shape)}]; the config needs {Show(spec.Axes)} " +
                $"({string.Join(", ", spec.Axes.Select(axis => axis.Meaning))}). Save it with its own config.");
    }

    private static void RefuseUnknown(DecoderConfig config, IReadOnlyDictionary<string, Tensor> weights, IReadOnlyList<WeightSpec> specs)
    {
        var known = specs.Select(spec => spec.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in weights.Keys)
            if (!known.Contains(name) && !(config.TiedEmbeddings && name == "lm_head.weight"))
                throw new CheckpointException($"Weight '{name}' to save has no place in the {config.Architecture} model that the config " +
                    "describes; it would be lost. Save it with its own config.");
    }
}
