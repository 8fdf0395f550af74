using LlmRabbitHoles.Model;
using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>Makes the tensors of a checkpoint whose projections are in GPTQ's layout.</summary>
/// <param name="config">The decoder's sizes and variants.</param>
/// <param name="settings">How projections are stored.</param>
/// <param name="grid">The numbers that they become.</param>
/// <param name="rounding">Chooses them.</param>
/// <param name="read">Gives a parameter by the decoder's name, owned by the caller's scope.</param>
internal sealed class GptqWriter(
    DecoderConfig config, GptqSettings settings, IntegerGrid grid, IRounding rounding, Func<string, Tensor> read)
{
    /// <summary>All tensors. Those of projections are made at once and live in the caller's scope, others when they are written.</summary>
    /// <param name="matrices">The dtype of the matrices that stay as they are.</param>
    /// <param name="vectors">The dtype of vectors.</param>
    /// <param name="cancellationToken">Ends the work between two projections.</param>
    /// <exception cref="CheckpointException">The grid does not fit a projection.</exception>
    public IReadOnlyList<TensorToStore> Tensors(ScalarType matrices, ScalarType vectors, CancellationToken cancellationToken)
    {
        var prefix = new WeightNames(config).Prefixes[0];
        var groups = WeightMap.For(config).GroupBy(spec => spec.Source.FullName(prefix)).ToArray();
        foreach (var spec in groups.SelectMany(parts => parts).Where(IsProjection)) Check(spec);
        var tensors = new List<TensorToStore>();
        foreach (var parts in groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsProjection(parts.First())) tensors.AddRange(Projection(parts.Key, [.. WeightMap.InOrder(parts)]));
            else tensors.Add(WeightMap.StoreOne(parts.Key, [.. parts], read, parts.First().Axes.Count == 1 ? vectors : matrices));
        }
        return tensors;
    }

    private static bool IsProjection(WeightSpec spec) => spec.Name.EndsWith("_proj.weight", StringComparison.Ordinal);

    private IEnumerable<TensorToStore> Projection(string weight, WeightSpec[] parts)
    {
        using var scope = NewDisposeScope();
        var packed = parts.Select(Packed).ToArray();
        var names = GptqWeights.NamesOf(weight);
        return
        [
            Words(names.Codes, cat([.. packed.Select(part => part.Codes)], 1).MoveToOuterDisposeScope()),
            Words(names.Zeros, cat([.. packed.Select(part => part.Zeros)], 1).MoveToOuterDisposeScope()),
            TensorToStore.From(names.Scales, cat([.. packed.Select(part => part.Scales)], 1).MoveToOuterDisposeScope()),
            TensorToStore.From(names.Groups, packed[0].Groups!.MoveToOuterDisposeScope()),
        ];
    }

    private GptqTensors Packed(WeightSpec spec)
    {
        using var scope = NewDisposeScope();
        using var matrix = rounding.Round(spec.Name, read(spec.Name).to(ScalarType.Float32), grid);
        var packed = GptqLayout.Pack(matrix, settings);
        foreach (var part in new[] { packed.Codes, packed.Zeros, packed.Scales, packed.Groups! }) part.MoveToOuterDisposeScope();
        return packed;
    }

    // [..., 4] uint8 -> [...] int32
    private static TensorToStore Words(string name, Tensor bytes) => new(name, ScalarType.Int32, bytes.shape[..^1], () =>
    {
        var words = empty(bytes.shape[..^1], ScalarType.Int32);
        bytes.bytes.CopyTo(words.bytes);
        return words;
    });

    private void Check(WeightSpec spec)
    {
        var (outputs, inputs, n) = (spec.Shape[0], spec.Shape[1], settings.CodesInWord);
        if (!grid.Fits(inputs) || inputs % n != 0 || outputs % n != 0)
            throw new CheckpointException(
                $"Weight '{spec.Name}' has {inputs} inputs and {outputs} outputs; GPTQ's layout with {settings.Bits} bits needs " +
                $"multiples of {n}, and inputs that are a multiple of the group size, {settings.GroupSize ?? inputs}. " +
                $"Choose a group size that divides {inputs}, other bits, or GGUF.");
    }
}
