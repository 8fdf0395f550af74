namespace LlmRabbitHoles.Checkpoints;

/// <summary>Where a checkpoint stores a parameter of the decoder, and how the parameter is split off the stored tensor.</summary>
/// <remarks>
/// Most are stored as they are used. GPT-2 stores its projections as [in, out] (its Conv1D), so they are transposed, and query, key and
/// value side by side, so each is one of three parts of the last axis. Phi-3 stores them one above the other, with fewer rows of keys
/// and values.
/// </remarks>
/// <param name="Name">The stored tensor's name without the prefix that all share, such as "h.0.attn.c_attn.weight".</param>
/// <param name="Prefixed">Whether the shared prefix ("model." or "transformer.") stands before it; the output head has none.</param>
/// <param name="Transposed">Whether [in, out] is stored where [out, in] is used.</param>
/// <param name="Part">Which of <paramref name="Parts"/> equal parts of the last stored axis, from 0.</param>
/// <param name="Parts">How many parameters share the stored tensor. 1 is the tensor for itself.</param>
/// <param name="Rows">Which rows of the stored tensor the parameter is; null: all.</param>
internal sealed record StoredWeight(
    string Name, bool Prefixed = true, bool Transposed = false, int Part = 0, int Parts = 1, RowSpan? Rows = null)
{
    /// <summary>The stored tensor's whole name.</summary>
    /// <param name="prefix">The prefix that the checkpoint's names share.</param>
    public string FullName(string prefix) => Prefixed ? prefix + Name : Name;

    /// <summary>Which outputs of the stored projection the parameter has.</summary>
    /// <param name="outputs">Outputs of the parameter.</param>
    public RowSpan OutputsOf(long outputs) => Rows ?? new(Part * outputs, outputs, Parts * outputs);

    /// <summary>The shape of the stored tensor.</summary>
    /// <param name="axes">The parameter's axes, as the decoder uses them.</param>
    public IReadOnlyList<WeightAxis> StoredAxes(IReadOnlyList<WeightAxis> axes)
    {
        var stored = Transposed ? axes.Reverse().ToArray() : axes.ToArray();
        if (Parts > 1)
            stored[^1] = stored[^1] with { Size = stored[^1].Size * Parts, Meaning = $"{Parts} x {stored[^1].Meaning}" };
        if (Rows is { } rows) stored[0] = stored[0] with { Size = rows.All, Meaning = $"{stored[0].Meaning} of {rows.All} rows" };
        return stored;
    }

    /// <summary>Splits the parameter off the stored tensor.</summary>
    /// <param name="stored">As the checkpoint holds it; not changed.</param>
    /// <returns>The parameter, contiguous; the caller owns it. Rows, and a part of a vector, share the stored tensor's memory.</returns>
    public Tensor Split(Tensor stored)
    {
        using var scope = NewDisposeScope();
        if (Rows is { } rows) return stored.narrow(0, rows.First, rows.Count).MoveToOuterDisposeScope();
        var width = stored.shape[^1] / Parts;
        var part = stored.narrow(stored.shape.Length - 1, Part * width, width);
        return (Transposed ? part.transpose(0, 1) : part).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Puts the parameters that share one stored tensor together again.</summary>
    /// <param name="parts">All parts in order, each as the decoder uses it; not changed.</param>
    /// <returns>The tensor to store, contiguous; the caller owns it.</returns>
    public Tensor Join(IReadOnlyList<Tensor> parts)
    {
        using var scope = NewDisposeScope();
        var stored = parts.Select(part => Transposed ? part.transpose(0, 1) : part).ToList();
        var axis = Rows is null ? stored[0].shape.Length - 1 : 0;
        return (stored is [var only] ? only.detach() : cat(stored, axis)).contiguous().MoveToOuterDisposeScope();
    }
}

/// <summary>Some rows of a stored tensor.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many.</param>
/// <param name="All">How many rows the tensor has.</param>
internal readonly record struct RowSpan(long First, long Count, long All);
