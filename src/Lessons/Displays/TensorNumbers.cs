using static TorchSharp.torch;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Reads tensors of any dtype and device as doubles.</summary>
internal static class TensorNumbers
{
    /// <returns>Every element in row-major order.</returns>
    public static double[] All(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
    }

    /// <param name="tensor">[rows, columns], perhaps behind axes of length 1.</param>
    /// <exception cref="ArgumentException">The tensor has fewer axes than two, or more that are longer than 1.</exception>
    public static double[,] Matrix(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var shape = tensor.shape;
        if (shape.Length < 2 || shape.SkipLast(2).Any(size => size != 1))
            throw new ArgumentException(
                $"The tensor is [{string.Join(", ", shape)}]; a matrix is needed. Pick one with an index such as tensor[0, 1].",
                nameof(tensor));
        return Displays.Matrix.Of(All(tensor), 0, (int)shape[^2], (int)shape[^1]);
    }
}
