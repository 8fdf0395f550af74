namespace LlmRabbitHoles.Training;

/// <summary>Rows of several texts each, laid end to end.</summary>
/// <param name="Inputs">[batch x time] ids, row by row.</param>
/// <param name="Targets">[batch x time] the id that should follow, or <see cref="Ignored"/>.</param>
/// <param name="Documents">[batch x time] the number of the text within its row: tokens see only their own text.</param>
/// <param name="BatchSize">batch</param>
/// <param name="Time">time</param>
public sealed record PackedBatch(long[] Inputs, long[] Targets, long[] Documents, int BatchSize, int Time)
{
    /// <summary>A target that the loss leaves out.</summary>
    public const long Ignored = -100;

    /// <summary>Predictions that count.</summary>
    public int TargetCount => Targets.Count(t => t != Ignored);

    /// <summary>Of a batch of preference pairs, whose rows are chosen, rejected, chosen, rejected: how many nats more likely the
    /// reference model finds each chosen answer than the rejected one. [batch / 2], else null.</summary>
    public IReadOnlyList<double>? ReferenceMargins { get; init; }

    /// <summary>A batch without texts.</summary>
    internal static PackedBatch Empty(int batchSize, int time)
    {
        var targets = new long[batchSize * time];
        Array.Fill(targets, Ignored);
        return new PackedBatch(new long[targets.Length], targets, new long[targets.Length], batchSize, time);
    }

    /// <summary>Puts a text into a batch that is being filled.</summary>
    /// <param name="text">It must fit.</param>
    /// <param name="at">Place of its first token, row x time and so on.</param>
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
    internal PackedBatch Part(int index, int parts)
    {
        var rowsPerUnit = ReferenceMargins is null ? 1 : 2;
        var units = BatchSize / rowsPerUnit;
        var (first, last) = (units * index / parts, units * (index + 1) / parts);
        var tokens = (first * rowsPerUnit * Time)..(last * rowsPerUnit * Time);
        return new PackedBatch(Inputs[tokens], Targets[tokens], Documents[tokens], (last - first) * rowsPerUnit, Time)
        {
            ReferenceMargins = ReferenceMargins?.Skip(first).Take(last - first).ToList(),
        };
    }

    /// <summary>Adds to attention scores what keeps tokens within their own text.</summary>
    /// <param name="device">Where the model computes.</param>
    /// <returns>[batch, 1, time, time] bfloat16: 0 or minus infinity, exact in any dtype; owned by the caller's scope.</returns>
    public Tensor Mask(Device device)
    {
        using var scope = NewDisposeScope();
        var documents = tensor(Documents, BatchSize, Time, device: device);
        var other = documents.unsqueeze(2).ne(documents.unsqueeze(1)).unsqueeze(1);
        return zeros(other.shape, dtype: ScalarType.BFloat16, device: device).masked_fill_(other, float.NegativeInfinity)
            .MoveToOuterDisposeScope();
    }
}
