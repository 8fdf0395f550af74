namespace LlmRabbitHoles.Checkpoints;

/// <summary>One parameter of the decoder: its name, its shape and where a checkpoint keeps it.</summary>
/// <param name="Name">The decoder's name for it, such as "layers.0.self_attn.q_proj.weight".</param>
/// <param name="Axes">Its axes, outermost first.</param>
/// <param name="Source">The stored tensor and how the parameter is split off it.</param>
internal sealed record WeightSpec(string Name, IReadOnlyList<WeightAxis> Axes, StoredWeight Source)
{
    /// <summary>The sizes of all axes.</summary>
    public long[] Shape => [.. Axes.Select(axis => axis.Size)];

    /// <summary>Number of elements.</summary>
    public long Count => Axes.Aggregate(1L, (count, axis) => checked(count * axis.Size));
}

/// <summary>One axis of a weight: how long it is, what it counts, and which key of <c>config.json</c> says so.</summary>
/// <param name="Size">Length of the axis.</param>
/// <param name="Meaning">In the words of the engine: hidden 64, kvHeads 8 x headDim 128.</param>
/// <param name="Key">The key to check when a checkpoint disagrees.</param>
internal sealed record WeightAxis(long Size, string Meaning, string Key);
