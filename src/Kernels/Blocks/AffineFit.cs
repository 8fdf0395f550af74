using System.Numerics.Tensors;

namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>Finds the scale and the least value with which a group of weights is stored best: weight = scale x code - least.</summary>
/// <remarks>
/// From the plain fit (smallest to largest) it tries steps a little smaller and larger, rounds, and takes the scale and least value
/// that fit the rounded codes by least squares; the one with the smallest error stays. After ggml's make_qkx2_quants.
/// </remarks>
internal static class AffineFit
{
    private const int Tries = 20;

    /// <summary>The best scale and least value.</summary>
    /// <param name="weights">One group.</param>
    /// <param name="most">The largest code.</param>
    /// <returns>Both are 0 or more.</returns>
    public static (float Scale, float Least) Of(ReadOnlySpan<float> weights, int most)
    {
        var least = Math.Min(0, TensorPrimitives.Min(weights));
        var range = TensorPrimitives.Max(weights) - least;
        if (range <= 0) return (0, -least);
        Span<float> codes = stackalloc float[weights.Length];
        (float Scale, float Least) best = (range / most, -least);
        var smallest = Error(weights, best, most);
        for (var i = 0; i <= Tries; i++)
        {
            var steps = most - 1 + (0.1f * i);
            for (var w = 0; w < weights.Length; w++)
                codes[w] = Math.Clamp(MathF.Round((weights[w] - least) * steps / range), 0, most);
            if (LeastSquares(weights, codes) is not { } fit) continue;
            var error = Error(weights, fit, most);
            if (error < smallest) (smallest, best) = (error, fit);
        }
        return best;
    }

    /// <summary>The code that is nearest to a weight.</summary>
    public static int Code(float weight, float scale, float least, int most) =>
        scale == 0 ? 0 : (int)Math.Clamp(MathF.Round((weight + least) / scale), 0, most);

    private static float Error(ReadOnlySpan<float> weights, (float Scale, float Least) fit, int most)
    {
        var sum = 0f;
        foreach (var weight in weights)
        {
            var difference = weight - ((fit.Scale * Code(weight, fit.Scale, fit.Least, most)) - fit.Least);
            sum += difference * difference;
        }
        return sum;
    }

    // Solves for scale and offset in weight = scale x code + offset; an offset above zero cannot be stored and becomes zero.
    private static (float Scale, float Least)? LeastSquares(ReadOnlySpan<float> weights, ReadOnlySpan<float> codes)
    {
        float n = weights.Length, x = TensorPrimitives.Sum(codes), y = TensorPrimitives.Sum(weights);
        float xx = TensorPrimitives.SumOfSquares(codes), xy = TensorPrimitives.Dot(codes, weights);
        var determinant = (n * xx) - (x * x);
        if (determinant <= 0 || xx == 0) return null;
        var (scale, offset) = (((n * xy) - (x * y)) / determinant, ((xx * y) - (x * xy)) / determinant);
        if (offset > 0) (scale, offset) = (xy / xx, 0);
        return scale > 0 ? (scale, -offset) : null;
    }
}
