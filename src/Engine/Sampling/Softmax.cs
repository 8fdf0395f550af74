namespace LlmRabbitHoles.Sampling;

/// <summary>Turns logits into probabilities: e to each of them, divided by the sum.</summary>
public static class Softmax
{
    /// <summary>The probabilities of these logits, summed in float64; minus infinity becomes 0.</summary>
    /// <param name="logits">[vocab], at least one of them finite.</param>
    /// <returns>[vocab], summing to 1</returns>
    public static double[] Of(ReadOnlySpan<float> logits)
    {
        var highest = System.Numerics.Tensors.TensorPrimitives.Max(logits);
        var result = new double[logits.Length];
        var sum = 0.0;
        for (var i = 0; i < result.Length; i++) sum += result[i] = Math.Exp(logits[i] - highest);
        for (var i = 0; i < result.Length; i++) result[i] /= sum;
        return result;
    }

    /// <summary>ln of the sum of e to each logit, in float64: a logit less it is the logarithm of the token's probability.</summary>
    /// <param name="logits">[vocab], at least one of them finite.</param>
    public static double LogSumOf(ReadOnlySpan<float> logits)
    {
        var highest = System.Numerics.Tensors.TensorPrimitives.Max(logits);
        var sum = 0.0;
        foreach (var logit in logits) sum += Math.Exp((double)logit - highest);
        return highest + Math.Log(sum);
    }
}
