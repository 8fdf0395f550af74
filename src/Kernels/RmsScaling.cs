using System.Buffers;
using System.Numerics.Tensors;

namespace LlmRabbitHoles.Kernels;

/// <summary>Rows divided by their root mean square and multiplied by a gain, and the gradients of that.</summary>
/// <remarks>Zhang and Sennrich 2019, arXiv:1910.07467, eq. 4.</remarks>
public static class RmsScaling
{
    /// <summary>Scales.</summary>
    /// <param name="x">[rows, size]</param>
    /// <param name="gain">[size]</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <param name="output">Receives [rows, size] in bfloat16.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> gain, float epsilon, Span<ushort> output)
    {
        var size = gain.Length;
        var row = ArrayPool<float>.Shared.Rent(size);
        var scaled = row.AsSpan(0, size);
        for (var at = 0; at < x.Length; at += size)
        {
            var values = x.Slice(at, size);
            TensorPrimitives.Multiply(values, Factor(values, epsilon), scaled);
            TensorPrimitives.Multiply(scaled, gain, scaled);
            Bfloat16.Narrow(scaled, output[at..]);
        }
        ArrayPool<float>.Shared.Return(row);
    }

    /// <summary>The gradients.</summary>
    /// <param name="x">[rows, size], as in <see cref="Forward"/>.</param>
    /// <param name="gain">[size]</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <param name="outputGradient">[rows, size] in bfloat16.</param>
    /// <param name="xGradient">Receives [rows, size].</param>
    /// <param name="gainGradient">[size]; the gradient is added to it.</param>
    public static void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gain, float epsilon, ReadOnlySpan<ushort> outputGradient, Span<float> xGradient,
        Span<float> gainGradient)
    {
        var size = gain.Length;
        var memory = ArrayPool<float>.Shared.Rent(2 * size);
        var unit = memory.AsSpan(0, size);
        var gradient = memory.AsSpan(size, size);
        for (var at = 0; at < x.Length; at += size)
        {
            var values = x.Slice(at, size);
            var factor = Factor(values, epsilon);
            TensorPrimitives.Multiply(values, factor, unit);
            Bfloat16.Widen(outputGradient.Slice(at, size), gradient);
            TensorPrimitives.MultiplyAdd(unit, gradient, gainGradient, gainGradient);
            // With u = f x and g the gradient of u: f (g - u mean(g u)).
            TensorPrimitives.Multiply(gradient, gain, gradient);
            var mean = TensorPrimitives.Dot(gradient, unit) / size;
            var target = xGradient.Slice(at, size);
            TensorPrimitives.MultiplyAdd(unit, -mean, gradient, target);
            TensorPrimitives.Multiply(target, factor, target);
        }
        ArrayPool<float>.Shared.Return(memory);
    }

    private static float Factor(ReadOnlySpan<float> row, float epsilon) =>
        1 / MathF.Sqrt((TensorPrimitives.SumOfSquares(row) / row.Length) + epsilon);
}
