namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>A tensor of a GGUF file.</summary>
/// <param name="Name">By ggml's convention: blk.0.attn_q.weight.</param>
/// <param name="Type">How its numbers are stored.</param>
/// <param name="Shape">Its sizes, outermost first; the file lists them innermost first.</param>
/// <param name="Parts">The decoder's weights that it is made of, one after the other along its outermost axis.</param>
internal sealed record GgufTensor(string Name, GgufType Type, IReadOnlyList<long> Shape, IReadOnlyList<GgufPart> Parts)
{
    /// <summary>Bytes of its data.</summary>
    public long Length => Type.BytesOf(Shape.Aggregate(1L, (count, size) => checked(count * size)));
}

/// <summary>One of the decoder's weights inside a tensor of a GGUF file.</summary>
/// <param name="Weight">The decoder's name for it; <see cref="GgufWeights.MadeWeight"/> for numbers that no weight holds.</param>
/// <param name="Count">How many numbers it has.</param>
/// <param name="Make">Rearranges the weight for ggml; what it gives is the caller's.</param>
/// <param name="Restore">Which row of the stored tensor each row of the weight is; null where they are the same.</param>
/// <param name="Offset">By how much the stored numbers are more than the weight.</param>
internal sealed record GgufPart(string Weight, long Count, Func<Tensor, Tensor> Make, Func<long[]>? Restore, double Offset = 0);
