namespace LlmRabbitHoles.Quantization;

/// <summary>Which weights of a model are quantized, and how.</summary>
public sealed record WeightQuantization
{
    /// <summary>Eight bits, one scale for each output.</summary>
    public static WeightQuantization Int8 { get; } = new(IntegerGrid.Int8);

    /// <summary>Four bits, one scale for 32 weights.</summary>
    public static WeightQuantization Int4 { get; } = new(IntegerGrid.Int4);

    /// <summary>Projections on this grid.</summary>
    /// <param name="grid">The numbers that weights become.</param>
    public WeightQuantization(IntegerGrid grid) => Grid = grid;

    /// <summary>The numbers that weights become.</summary>
    public IntegerGrid Grid { get; init; }

    /// <summary>How they are chosen. Default: each weight becomes the nearest.</summary>
    public IRounding Rounding { get; init; } = new NearestRounding();

    /// <summary>Whether the table of token vectors is quantized too, and with it a tied output matrix. Default false.</summary>
    public bool Embeddings { get; init; }

    /// <summary>Whether an output matrix that is not tied is quantized too. Default false.</summary>
    public bool Head { get; init; }

    /// <summary>Whether what a projection multiplies is rounded to eight bits too, a scale for each token. Default false.</summary>
    public bool RoundsInputs { get; init; }

    /// <summary>Whether a weight is meant.</summary>
    /// <param name="name">The decoder's name of it.</param>
    /// <param name="columns">Width of its rows.</param>
    public bool Covers(string name, long columns) => Grid.Fits(columns) && name switch
    {
        "embed_tokens.weight" => Embeddings,
        "lm_head.weight" => Head,
        _ => true,
    };
}

/// <summary>Chooses a number of the grid for each weight of a matrix.</summary>
public interface IRounding
{
    /// <summary>Quantizes one matrix.</summary>
    /// <param name="name">The decoder's name of it.</param>
    /// <param name="weight">[rows, columns] float32; not changed.</param>
    /// <param name="grid">The numbers to choose from.</param>
    /// <returns>The caller owns it.</returns>
    IntegerMatrix Round(string name, Tensor weight, IntegerGrid grid);
}

/// <summary>Each weight becomes the nearest number of the grid.</summary>
public sealed class NearestRounding : IRounding
{
    /// <inheritdoc/>
    public IntegerMatrix Round(string name, Tensor weight, IntegerGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return grid.Round(weight);
    }
}
