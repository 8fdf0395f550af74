using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Attending;

/// <summary>
/// The tokens of several sequences end to end in one row: | a a a | b | c |. All layers of a pass share what is worked out here; its
/// tensors live in the scope in which it was made.
/// </summary>
/// <remarks>Yu et al. 2022 (Orca), section 3.2: all operations but attention need not know which sequence a token belongs to.</remarks>
internal sealed record PackedRows
{
    private readonly Tensor _ends;    // [batch]: the place of each sequence's last token in the row

    private PackedRows(ISlotCache cache, IReadOnlyList<int> counts, IReadOnlyList<int> held, Device device)
    {
        Counts = counts;
        Reaches = [.. held.Zip(counts, (past, count) => new Reach(count, past + count)).Where(reach => reach.Tokens > 0)];
        var places = counts.Index().SelectMany(row => Enumerable.Range(held[row.Index], row.Item).Select(position => (long)position));
        Positions = tensor(places.ToArray(), device: device).unsqueeze(0);
        Slots = tensor(counts.Index().SelectMany(row => cache.Slots(row.Index, held[row.Index], row.Item)).ToArray(), device: device);
        _ends = tensor(Starts(counts).Zip(counts, (start, count) => Math.Max(0L, start + count - 1)).ToArray(), device: device);
    }

    /// <summary>[batch]: tokens of each sequence.</summary>
    public IReadOnlyList<int> Counts { get; }

    /// <summary>How far each sequence reaches that has new tokens.</summary>
    public IReadOnlyList<Reach> Reaches { get; }

    /// <summary>[1, tokens] int64: the position of each token in its sequence.</summary>
    public Tensor Positions { get; }

    /// <summary>[tokens] int64: the slot of each token.</summary>
    public Tensor Slots { get; }

    /// <summary>Neighbouring sequences with equally many new tokens, which attend side by side.</summary>
    public IReadOnlyList<RowGroup> Groups { get; private init; } = [];

    /// <summary>Makes room in the cache and says where every token stands.</summary>
    /// <param name="cache">Receives the tokens.</param>
    /// <param name="counts">[batch]: new tokens of each sequence; neighbours with equal counts are attended together.</param>
    /// <param name="device">Of the tokens.</param>
    /// <exception cref="ShapeException">The cache has another number of sequences.</exception>
    public static PackedRows Of(ISlotCache cache, IReadOnlyList<int> counts, Device device)
    {
        var held = cache.Lengths;
        if (held.Count != counts.Count)
            throw new ShapeException($"The tokens are of {counts.Count} sequences and the cache holds {held.Count}. Name as many.");
        cache.MakeRoom(counts);
        return new PackedRows(cache, counts, held, device)
        {
            Groups = [.. GroupsOf(counts).Select(group => RowGroup.Of(cache, held, counts, group, device))],
        };
    }

    /// <summary>The same rows with the masks of layers that see so far back.</summary>
    /// <param name="window">How many tokens a token sees, itself included; null: all.</param>
    /// <param name="dtype">Of the scores.</param>
    /// <param name="device">Of the tokens.</param>
    public PackedRows Masked(int? window, ScalarType dtype, Device device) => this with
    {
        Groups = [.. Groups.Select(group => group with { Mask = CausalMask.Create(group.Past, group.Time, window, dtype, device) })],
    };

    /// <param name="x">[1, tokens, hidden]</param>
    /// <returns>[batch, 1, hidden]: the last token of each sequence.</returns>
    public Tensor Last(Tensor x) => x[0].index_select(0, _ends).unsqueeze(1);

    /// <summary>Where each sequence begins in the row.</summary>
    private static IEnumerable<int> Starts(IReadOnlyList<int> counts)
    {
        var start = 0;
        foreach (var count in counts)
        {
            yield return start;
            start += count;
        }
    }

    /// <returns>The first sequence of each group, how many it has, and the place of its first token in the row.</returns>
    private static IEnumerable<(int First, int Size, int Start)> GroupsOf(IReadOnlyList<int> counts)
    {
        var starts = Starts(counts).ToArray();
        for (int first = 0, next; first < counts.Count; first = next)
        {
            next = first + 1;
            while (next < counts.Count && counts[next] == counts[first]) next++;
            if (counts[first] > 0) yield return (first, next - first, starts[first]);
        }
    }
}

/// <summary>Sequences with equally many new tokens.</summary>
/// <param name="Start">The place of their first token in the row.</param>
/// <param name="Size">How many sequences.</param>
/// <param name="Time">New tokens of each.</param>
/// <param name="Slots">[size x longest] int64: the slots of all tokens of each. A shorter one is filled up with its own last slot, so that
/// no number of another sequence can reach its sums, not even as 0 x NaN.</param>
/// <param name="Past">[size]: tokens before the new ones.</param>
/// <param name="Mask">[1, time, longest] or [size, 1, time, longest] or null, added to the scores; it hides the filling too.</param>
internal sealed record RowGroup(int Start, int Size, int Time, Tensor Slots, IReadOnlyList<int> Past, Tensor? Mask = null)
{
    public static RowGroup Of(
        ISlotCache cache, IReadOnlyList<int> held, IReadOnlyList<int> counts, (int First, int Size, int Start) group,
        Device device)
    {
        var time = counts[group.First];
        var past = held.Skip(group.First).Take(group.Size).ToArray();
        var longest = past.Max() + time;
        var slots = new long[group.Size * longest];
        for (var row = 0; row < group.Size; row++)
        {
            var line = slots.AsSpan(row * longest, longest);
            var filled = 0;
            foreach (var slot in cache.Slots(group.First + row, 0, past[row] + time)) line[filled++] = slot;
            line[filled..].Fill(line[filled - 1]);
        }
        return new RowGroup(group.Start, group.Size, time, tensor(slots, device: device), past);
    }
}

/// <summary>Neighbouring tokens of a pass that belong to one text, or to texts that are equally long.</summary>
/// <param name="Tokens">How many tokens.</param>
/// <param name="End">How long the text is after the pass: one more than the highest position.</param>
internal readonly record struct Reach(int Tokens, long End);
