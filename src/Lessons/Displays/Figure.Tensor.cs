using static TorchSharp.torch;

namespace LlmRabbitHoles.Lessons.Displays;

public sealed partial class Figure
{
    /// <inheritdoc cref="HeatMap{T}(string, T[,], IEnumerable{string}, IEnumerable{string}, string, string, string)"/>
    public static Figure HeatMap(string title, Tensor values, IEnumerable<string>? rowLabels = null,
        IEnumerable<string>? columnLabels = null, string xLabel = "", string yLabel = "", string unit = "") =>
        HeatMapOf(title, TensorNumbers.Matrix(values), rowLabels, columnLabels, xLabel, yLabel, unit);
}
