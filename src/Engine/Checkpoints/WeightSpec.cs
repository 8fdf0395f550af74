namespace LlmRabbitHoles.Checkpoints;

/// <summary>One parameter of the decoder: its name, its shape and where a checkpoint keeps it.</summary>
/// <param name="Name">The decoder's name for it, such as "layers.0.self_attn.q_proj.weight".</param>
/// <param name="Axes">Its axes, outermost first.</param>
/// <param name="Source">The stored tensor and how the parameter is cut out of it.</param>
public sealed record WeightSpec(string Name, IReadOnlyList<WeightAxis> Axes, WeightSource Source)
{
    /// <summary>The sizes of all axes.</summary>
    public long[] Shape => [.. Axes.Select(axis => axis.Size)];

    /// <summary>Number of elements.</summary>
    public long Count => Axes.Aggregate(1L, (count, axis) => checked(count * axis.Size));
}
