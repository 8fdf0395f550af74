namespace LlmRabbitHoles.Quantization;

/// <summary>Rounds a matrix column by column, and spreads the error of each over the columns that are still to come, so that the outputs
/// change least on inputs that were seen.</summary>
/// <remarks>Frantar et al. 2022, arXiv:2210.17323, algorithm 1, with the columns in their order. A column that no input uses is
/// rounded to the nearest. A matrix of which no inputs are known is rounded to the nearest.</remarks>
/// <param name="inputs">The inputs of each projection, by the decoder's name of its weight; stay the caller's.</param>
/// <param name="damping">Share of the mean of the diagonal that is added to it. Default 0.01.</param>
public sealed class Gptq(IReadOnlyDictionary<string, InputStatistics> inputs, double damping = 0.01) : IRounding
{
    private const long BlockColumns = 128;

    /// <inheritdoc/>
    public IntegerMatrix Round(string name, Tensor weight, IntegerGrid grid)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(grid);
        if (!inputs.TryGetValue(name, out var statistics)) return grid.Round(weight);
        using var scope = NewDisposeScope();
        var left = weight.to(ScalarType.Float64).clone();    // what is still to be rounded, with the errors so far
        var inverse = InverseRoot(statistics);
        var (rows, columns) = (left.shape[0], left.shape[1]);
        var groupSize = grid.GroupSize ?? columns;
        var codes = empty([rows, columns], ScalarType.Float32);
        var (scales, offsets) = (new List<Tensor>(), new List<Tensor>());
        for (long start = 0; start < columns; start += BlockColumns)
        {
            var end = Math.Min(columns, start + BlockColumns);
            var errors = zeros([rows, end - start], ScalarType.Float64);
            for (var column = start; column < end; column++)
            {
                using var columnScope = NewDisposeScope();
                if (column % groupSize == 0) AddScales(grid, left.narrow(1, column, groupSize), scales, offsets);
                var offset = offsets.Count == 0 ? null : offsets[^1];
                var numbers = left.narrow(1, column, 1).to(ScalarType.Float32);
                var code = grid.Codes(numbers, scales[^1], offset);
                codes.narrow(1, column, 1).copy_(code);
                var rounded = offset is null ? code * scales[^1] : (code * scales[^1]) + offset;
                var error = (left.narrow(1, column, 1) - rounded.to(ScalarType.Float64)) / inverse[column, column];
                errors.narrow(1, column - start, 1).copy_(error);
                if (column + 1 < end)
                    left.narrow(1, column + 1, end - column - 1)
                        .sub_(error.mm(inverse[column].narrow(0, column + 1, end - column - 1).unsqueeze(0)));
            }
            if (end < columns)
                left.narrow(1, end, columns - end).sub_(errors.mm(inverse.narrow(0, start, end - start).narrow(1, end, columns - end)));
        }
        return grid.Matrix(codes, cat(scales, 1), offsets.Count == 0 ? null : cat(offsets, 1));
    }

    private static void AddScales(IntegerGrid grid, Tensor group, List<Tensor> scales, List<Tensor> offsets)
    {
        var (scale, offset) = grid.Scales(group.to(ScalarType.Float32));
        scales.Add(scale.MoveToOuterDisposeScope());
        if (offset is not null) offsets.Add(offset.MoveToOuterDisposeScope());
    }

    /// <summary>The upper triangular U with UᵀU = (X Xᵀ)⁻¹.</summary>
    /// <param name="statistics">The inputs.</param>
    /// <returns>[columns, columns] float64</returns>
    private Tensor InverseRoot(InputStatistics statistics)
    {
        using var scope = NewDisposeScope();
        var gram = statistics.Gram();
        var diagonal = gram.diagonal();
        var added = where(diagonal == 0, ones_like(diagonal), diagonal.mean() * damping);
        gram.add_(diag(added));
        return linalg.cholesky(linalg.inv(gram)).t().contiguous().MoveToOuterDisposeScope();
    }
}
