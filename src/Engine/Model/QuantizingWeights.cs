using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Model;

/// <summary>The weights of another source, of which matrices are quantized as a decoder asks for them: one at a time is in memory as
/// it was.</summary>
/// <param name="source">Where the weights come from.</param>
/// <param name="quantization">Which become what.</param>
public sealed class QuantizingWeights(IWeightSource source, WeightQuantization quantization) : IWeightSource
{
    /// <inheritdoc/>
    public Tensor Get(string name, params long[] shape) => source.Get(name, shape);

    /// <inheritdoc/>
    public QuantizedMatrix? GetQuantized(string name, long rows, long columns)
    {
        if (source.GetQuantized(name, rows, columns) is { } already) return already;
        if (!quantization.Covers(name, columns)) return null;
        using var scope = NewDisposeScope();
        using var weight = source.Get(name, rows, columns).to(ScalarType.Float32);
        var matrix = quantization.Rounding.Round(name, weight, quantization.Grid);
        return quantization.RoundsInputs ? new EightBitInputs(matrix) : matrix;
    }
}
