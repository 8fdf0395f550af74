using System.Numerics.Tensors;

namespace LlmRabbitHoles.Kernels;

/// <summary>gate sigmoid(gate) up, and its gradients, over bfloat16 numbers.</summary>
/// <remarks>Shazeer 2020, arXiv:2002.05202, eq. 6.</remarks>
public static class SwiGlu
{
    private const int Chunk = 512;

    /// <summary>Multiplies.</summary>
    /// <param name="gate">bfloat16 numbers as their bits.</param>
    /// <param name="up">As many.</param>
    /// <param name="output">Receives as many.</param>
    public static void Forward(ReadOnlySpan<ushort> gate, ReadOnlySpan<ushort> up, Span<ushort> output)
    {
        Span<float> g = stackalloc float[Chunk], u = stackalloc float[Chunk], s = stackalloc float[Chunk];
        for (var at = 0; at < gate.Length; at += Chunk)
        {
            var count = Math.Min(Chunk, gate.Length - at);
            Bfloat16.Widen(gate.Slice(at, count), g);
            Bfloat16.Widen(up.Slice(at, count), u);
            TensorPrimitives.Sigmoid(g, s);
            TensorPrimitives.Multiply(g, s, s);
            TensorPrimitives.Multiply(s, u, s);
            Bfloat16.Narrow(s[..count], output[at..]);
        }
    }

    /// <summary>The gradients.</summary>
    /// <param name="gate">bfloat16 numbers as their bits.</param>
    /// <param name="up">As many.</param>
    /// <param name="outputGradient">As many.</param>
    /// <param name="gateGradient">Receives as many.</param>
    /// <param name="upGradient">Receives as many.</param>
    public static void Backward(
        ReadOnlySpan<ushort> gate, ReadOnlySpan<ushort> up, ReadOnlySpan<ushort> outputGradient, Span<ushort> gateGradient,
        Span<ushort> upGradient)
    {
        Span<float> g = stackalloc float[Chunk], u = stackalloc float[Chunk], s = stackalloc float[Chunk];
        Span<float> d = stackalloc float[Chunk], swish = stackalloc float[Chunk];
        for (var at = 0; at < gate.Length; at += Chunk)
        {
            var count = Math.Min(Chunk, gate.Length - at);
            Bfloat16.Widen(gate.Slice(at, count), g);
            Bfloat16.Widen(up.Slice(at, count), u);
            Bfloat16.Widen(outputGradient.Slice(at, count), d);
            TensorPrimitives.Sigmoid(g, s);
            TensorPrimitives.Multiply(g, s, swish);
            TensorPrimitives.Multiply(u, d, u);
            TensorPrimitives.Multiply(swish, d, d);
            Bfloat16.Narrow(d[..count], upGradient[at..]);
            // With s = sigmoid(g), the derivative of g s is s + g s (1 - s) = s (1 + g - g s).
            TensorPrimitives.Subtract(g, swish, g);
            TensorPrimitives.Add(g, 1, g);
            TensorPrimitives.Multiply(g, s, g);
            TensorPrimitives.Multiply(g, u, g);
            Bfloat16.Narrow(g[..count], gateGradient[at..]);
        }
    }
}
