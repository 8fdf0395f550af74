namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>All n-grams of one length with their counts, and what of each context's probability is left for shorter contexts.</summary>
/// <remarks>An n-gram is one number, the last token in its lowest bits: sorted, all that follow a context lie side by side.</remarks>
internal sealed class NgramOrder
{
    /// <summary>Bits of a token: five fit into a number.</summary>
    public const int Bits = 25;

    private readonly int[] _counts;
    private readonly UInt128[] _contexts;
    private readonly int[] _totals;
    private readonly double[] _rests;
    private readonly Discounts _discounts;

    private NgramOrder(UInt128[] ngrams, int[] counts)
    {
        (Ngrams, _counts) = (ngrams, counts);
        _discounts = Discounts.Of(counts);
        var (contexts, totals, rests) = (new List<UInt128>(), new List<int>(), new List<double>());
        for (var start = 0; start < ngrams.Length;)
        {
            var (context, total, discounted) = (ngrams[start] >> Bits, 0, 0.0);
            for (; start < ngrams.Length && ngrams[start] >> Bits == context; start++)
            {
                total += counts[start];
                discounted += _discounts[counts[start]];
            }
            contexts.Add(context);
            totals.Add(total);
            rests.Add(discounted / total);
        }
        (_contexts, _totals, _rests) = ([.. contexts], [.. totals], [.. rests]);
    }

    /// <summary>Each n-gram once, in ascending order.</summary>
    public UInt128[] Ngrams { get; }

    /// <summary>Counts how often each n-gram stands in a list.</summary>
    /// <param name="ngrams">Sorted in place.</param>
    public static NgramOrder Count(Span<UInt128> ngrams)
    {
        ngrams.Sort();
        var (unique, counts) = (new List<UInt128>(), new List<int>());
        foreach (var ngram in ngrams)
        {
            if (unique.Count > 0 && unique[^1] == ngram)
            {
                counts[^1]++;
                continue;
            }
            unique.Add(ngram);
            counts.Add(1);
        }
        return new NgramOrder([.. unique], [.. counts]);
    }

    /// <summary>The order below, in which an n-gram counts as often as there are different tokens before it.</summary>
    /// <param name="length">Tokens of its n-grams.</param>
    public NgramOrder Shorter(int length)
    {
        var mask = (UInt128.One << (Bits * length)) - 1;
        return Count(Array.ConvertAll(Ngrams, ngram => ngram & mask));
    }

    /// <summary>Chen and Goodman's equation: the discounted share of the n-gram, and the lower order's by what was discounted.</summary>
    /// <param name="context">The tokens before.</param>
    /// <param name="token">The token.</param>
    /// <param name="lower">Its probability after the context without its first token.</param>
    public double Probability(UInt128 context, int token, double lower)
    {
        var place = Array.BinarySearch(_contexts, context);
        if (place < 0) return lower;
        var found = Array.BinarySearch(Ngrams, (context << Bits) | (uint)token);
        var count = found < 0 ? 0 : _counts[found];
        return (count - _discounts[count]) / _totals[place] + _rests[place] * lower;
    }
}

/// <summary>What is taken off the counts of n-grams that were seen once, twice, and three times or more.</summary>
/// <remarks>Chen and Goodman 1998, "An Empirical Study of Smoothing Techniques for Language Modeling", equation 26.</remarks>
internal readonly record struct Discounts(double One, double Two, double More)
{
    /// <summary>What is taken off a count; nothing of 0.</summary>
    public double this[int count] => count switch { 0 => 0, 1 => One, 2 => Two, _ => More };

    /// <summary>Estimated from how many n-grams were seen once to four times. Where one of these numbers is missing, all counts lose the
    /// one discount of Kneser and Ney 1995.</summary>
    public static Discounts Of(IEnumerable<int> counts)
    {
        var n = new double[5];
        foreach (var count in counts)
            if (count < n.Length) n[count]++;
        var y = n[1] + n[2] == 0 ? 0.5 : n[1] / (n[1] + 2 * n[2]);
        return n[1] == 0 || n[2] == 0 || n[3] == 0
            ? new Discounts(y, y, y)
            : new Discounts(Within(1 - 2 * y * n[2] / n[1], 1), Within(2 - 3 * y * n[3] / n[2], 2), Within(3 - 4 * y * n[4] / n[3], 3));
    }

    // Counts that no sampling made, such as those of a grammar, can push an estimate out of its range.
    private static double Within(double discount, double most) => Math.Clamp(discount, 0, most);
}
