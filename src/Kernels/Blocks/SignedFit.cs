using System.Numerics.Tensors;

namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>Finds the scale with which a group of weights around zero is stored best: weight = scale x code.</summary>
/// <remarks>Steps around the plain one are tried, each with the scale that fits its codes by least squares. After ggml's
/// make_qx_quants.</remarks>
internal static class SignedFit
{
    /// <summary>The best scale; it carries the sign of the weight that becomes the code -<paramref name="limit"/>, turned round.</summary>
    /// <param name="weights">One group.</param>
    /// <param name="limit">Codes go from -limit to limit - 1.</param>
    public static float Scale(ReadOnlySpan<float> weights, int limit)
    {
        var largest = weights[TensorPrimitives.IndexOfMaxMagnitude(weights)];
        if (largest == 0) return 0;
        var (best, smallest) = (0f, float.PositiveInfinity);
        Span<float> codes = stackalloc float[weights.Length];
        for (var i = -9; i <= 9; i++)
        {
            var inverse = -(limit + (0.1f * i)) / largest;
            for (var w = 0; w < weights.Length; w++) codes[w] = Math.Clamp(MathF.Round(weights[w] * inverse), -limit, limit - 1);
            var squares = TensorPrimitives.SumOfSquares(codes);
            if (squares == 0) continue;
            var scale = TensorPrimitives.Dot(codes, weights) / squares;
            var error = Error(weights, codes, scale);
            if (error < smallest) (smallest, best) = (error, scale);
        }
        return best;
    }

    private static float Error(ReadOnlySpan<float> weights, ReadOnlySpan<float> codes, float scale)
    {
        var sum = 0f;
        for (var w = 0; w < weights.Length; w++)
        {
            var difference = weights[w] - (scale * codes[w]);
            sum += difference * difference;
        }
        return sum;
    }
}
