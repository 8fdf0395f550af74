namespace LlmRabbitHoles.Training;

/// <summary>A batch whose rows each hold several texts, laid end to end.</summary>
/// <param name="Inputs">[batch x time] token ids, row by row.</param>
/// <param name="Targets">[batch x time] the next token's id, or <see cref="Ignored"/>.</param>
/// <param name="Documents">[batch x time] the number of the text within its row. Tokens attend to their own text only.</param>
/// <param name="BatchSize">The number of rows: batch.</param>
/// <param name="Time">The tokens of a row: time.</param>
public sealed record PackedBatch(long[] Inputs, long[] Targets, long[] Documents, int BatchSize, int Time)
{
    /// <summary>Marks a target that the loss ignores.</summary>
    public const long Ignored = -100;

    /// <summary>How many targets count in the loss.</summary>
    public int TargetCount => Targets.Count(t => t != Ignored);

    /// <summary>[batch / 2] for preference pairs, null for all other batches. The rows of pairs are chosen, rejected, chosen, rejected,
    /// and so on. A margin is log p(chosen) - log p(rejected) of the reference model, in nats.</summary>
    public IReadOnlyList<double>? ReferenceMargins { get; init; }

    /// <summary>A batch without texts.</summary>
    internal static PackedBatch Empty(int batchSize, int time)
    {
        var targets = new long[batchSize * time];
        Array.Fill(targets, Ignored);
        return new PackedBatch(new long[targets.Length], targets, new long[targets.Length], batchSize, time);
    }

    /// <summary>Writes a text into the batch.</summary>
    /// <param name="text">Fits into the rest of the row.</param>
    /// <param name="at">Index of its first token: row x time + position.</param>
    /// <param name="document">The text's number within the row, from 1.</param>
    internal void Write(Example text, int at, int document)
    {
        for (var i = 0; i < text.Tokens.Length; i++)
        {
            Inputs[at + i] = text.Tokens[i];
            Documents[at + i] = document;
            if (i + 1 < text.Tokens.Length && text.Learn[i + 1]) Targets[at + i] = text.Tokens[i + 1];
        }
    }

    /// <summary>Where the texts lie, row by row.</summary>
    internal IReadOnlyList<PackedText> Texts()
    {
        var texts = new List<PackedText>();
        for (var row = 0; row < BatchSize; row++)
        {
            var documents = Documents.AsSpan(row * Time, Time);
            for (int start = 0, end; start < Time; start = end)
            {
                for (end = start + 1; end < Time && documents[end] == documents[start];) end++;
                if (documents[start] > 0) texts.Add(new PackedText(row, start, end - start));
            }
        }
        return texts;
    }

    /// <summary>Splits the rows evenly among workers and gives one worker's part, which may be empty. Pairs stay together.</summary>
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

    /// <summary>A mask for the attention logits that keeps tokens within their own text.</summary>
    /// <param name="device">The model's device.</param>
    /// <returns>[batch, 1, time, time] bfloat16, owned by the caller's scope: 0 or minus infinity, both exact in any dtype.</returns>
    public Tensor Mask(Device device)
    {
        using var scope = NewDisposeScope();
        var documents = tensor(Documents, BatchSize, Time, device: device);
        var other = documents.unsqueeze(2).ne(documents.unsqueeze(1)).unsqueeze(1);
        return zeros(other.shape, dtype: ScalarType.BFloat16, device: device).masked_fill_(other, float.NegativeInfinity)
            .MoveToOuterDisposeScope();
    }
}
