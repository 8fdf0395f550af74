namespace LlmRabbitHoles.Attending.Approximate;

/// <summary>What the kernels share that read a whole text at once and mix later tokens into earlier ones.</summary>
internal static class WholeTexts
{
    /// <summary>Refuses a pass whose tokens may not see each other, in which the answer would look into the future.</summary>
    /// <param name="pass">Without mask and without earlier tokens.</param>
    /// <param name="kernel">Named in the error.</param>
    /// <exception cref="InvalidOperationException">The pass has a mask or earlier tokens.</exception>
    public static void Require(ForwardPass pass, string kernel)
    {
        RequirePlainScores(pass, kernel);
        if (pass.Mask is null && pass.Cache.Length == 0) return;
        throw new InvalidOperationException($"{kernel} averages over the whole text, so each token would see those after it, and the " +
            $"pass has {(pass.Mask is null ? "earlier tokens in its cache" : "a mask")}. Use it on whole texts without a mask, or use " +
            "LinearAttention or SparseAttention, which are causal.");
    }

    /// <summary>Refuses a model that caps or scales its scores in a way of its own, which an approximation of the softmax does not
    /// know.</summary>
    /// <param name="pass">Of a model with plain scores.</param>
    /// <param name="kernel">Named in the error.</param>
    /// <exception cref="InvalidOperationException">The scores are not plain.</exception>
    public static void RequirePlainScores(ForwardPass pass, string kernel)
    {
        ArgumentNullException.ThrowIfNull(pass);
        if (pass.Scores != AttentionScores.Plain)
            throw new InvalidOperationException($"{kernel} knows scores of q k / sqrt(headDim) only, and this model caps or scales them " +
                "otherwise. Use TiledAttention or SparseAttention.");
    }

    /// <summary>The matrix that averages stretches of a text, as equal in length as they can be.</summary>
    /// <param name="count">Stretches; as many as tokens or more: each token is its own.</param>
    /// <param name="time">Tokens.</param>
    /// <param name="device">Of the text.</param>
    /// <returns>[count or time, time] float32: each row sums to 1.</returns>
    public static Tensor Means(long count, long time, Device device)
    {
        count = Math.Min(count, time);
        var cells = new float[count * time];
        for (var row = 0L; row < count; row++)
        {
            var (first, end) = (row * time / count, (row + 1) * time / count);
            cells.AsSpan((int)((row * time) + first), (int)(end - first)).Fill(1f / (end - first));
        }
        return tensor(cells, device: device).view(count, time);
    }
}
