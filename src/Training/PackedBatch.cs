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

    /// <summary>The number of predictions that count in the loss.</summary>
    public int Counted => Targets.Count(t => t != Ignored);

    /// <summary>[batch / 2] for a batch of preference pairs (rows chosen, rejected, chosen, rejected), else null: how many nats
    /// more likely the reference model finds each chosen answer than the rejected one.</summary>
    public IReadOnlyList<double>? ReferenceMargins { get; init; }

    /// <summary>A batch without texts.</summary>
    public static PackedBatch Empty(int rows, int time)
    {
        var targets = new long[rows * time];
        Array.Fill(targets, Ignored);
        return new PackedBatch(new long[targets.Length], targets, new long[targets.Length], rows, time);
    }

    /// <summary>Adds a text to a batch.</summary>
    /// <param name="text">It must fit.</param>
    /// <param name="at">Place of its first token: row x time + column.</param>
    /// <param name="document">Its number within the row, from 1.</param>
    internal void Write(Example text, int at, int document)
    {
        for (var i = 0; i < text.Tokens.Length; i++)
        {
            Inputs[at + i] = text.Tokens[i];
            Documents[at + i] = document;
            if (i + 1 < text.Tokens.Length && text.Learn[i + 1]) Targets[at + i] = text.Tokens[i + 1];
        }
    }

    /// <summary>One of several equal parts, by rows, for workers side by side; a part may have no rows. Pairs stay together.</summary>
    public PackedBatch Part(int index, int parts)
    {
        var together = ReferenceMargins is null ? 1 : 2;
        var units = Rows / together;
        var (first, last) = (units * index / parts, units * (index + 1) / parts);
        var tokens = (first * together * Time)..(last * together * Time);
        return new PackedBatch(Inputs[tokens], Targets[tokens], Documents[tokens], (last - first) * together, Time)
        {
            ReferenceMargins = ReferenceMargins?.Skip(first).Take(last - first).ToList(),
        };
    }

    /// <summary>The mask that keeps each token within its own text.</summary>
    /// <param name="device">Where the model computes.</param>
    /// <returns>[batch, 1, time, time] bfloat16: 0 or minus infinity, exact in any dtype; owned by the caller's scope.</returns>
    public Tensor Mask(Device device)
    {
        using var scope = NewDisposeScope();
        var documents = tensor(Documents, Rows, Time, device: device);
        var other = documents.unsqueeze(2).ne(documents.unsqueeze(1)).unsqueeze(1);
        return zeros(other.shape, dtype: ScalarType.BFloat16, device: device).masked_fill_(other, float.NegativeInfinity)
            .MoveToOuterDisposeScope();
    }
}
