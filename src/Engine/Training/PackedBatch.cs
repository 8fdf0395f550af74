namespace LlmRabbitHoles.Training;

/// <summary>Rows of several texts each, laid end to end.</summary>
/// <param name="Inputs">[batch x time] ids, row by row.</param>
/// <param name="Targets">[batch x time] the id that should follow, or <see cref="Ignored"/>.</param>
/// <param name="Documents">[batch x time] the number of the text within its row: tokens see only their own text.</param>
/// <param name="Rows">batch</param>
/// <param name="Time">time</param>
public sealed record PackedBatch(long[] Inputs, long[] Targets, long[] Documents, int Rows, int Time)
{
    /// <summary>A target that the loss leaves out.</summary>
    public const long Ignored = -100;

    /// <summary>Predictions that count.</summary>
    public int Counted => Targets.Count(t => t != Ignored);

    /// <summary>One of several equal parts, by rows, for workers side by side; a part may have no rows.</summary>
    public PackedBatch Part(int index, int parts)
    {
        var (first, last) = (Rows * index / parts, Rows * (index + 1) / parts);
        var tokens = (first * Time)..(last * Time);
        return new PackedBatch(Inputs[tokens], Targets[tokens], Documents[tokens], last - first, Time);
    }

    /// <summary>Adds to attention scores what keeps tokens within their own text and out of the future.</summary>
    /// <param name="device">Where the model computes.</param>
    /// <returns>[batch, 1, 1, time, time] bfloat16: 0 or minus infinity, exact in any format; owned by the caller's scope.</returns>
    public Tensor Mask(Device device)
    {
        using var scope = NewDisposeScope();
        var documents = tensor(Documents, Rows, Time, device: device);
        var other = documents.unsqueeze(2).ne(documents.unsqueeze(1));
        var future = ones([Time, Time], dtype: ScalarType.Bool, device: device).triu(1);
        var closed = other.logical_or(future).view(Rows, 1, 1, Time, Time);
        return zeros(closed.shape, dtype: ScalarType.BFloat16, device: device).masked_fill_(closed, float.NegativeInfinity).MoveToOuterDisposeScope();
    }
}
