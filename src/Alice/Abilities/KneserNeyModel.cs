namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>An n-gram model with interpolated modified Kneser-Ney smoothing: the best that counting alone makes of a text.</summary>
/// <remarks>Chen and Goodman 1998, "An Empirical Study of Smoothing Techniques for Language Modeling", section 3.</remarks>
public sealed class KneserNeyModel
{
    private readonly NgramOrder[] _orders;
    private readonly int _vocabulary;
    private readonly int _boundary;

    private KneserNeyModel(NgramOrder[] orders, int vocabulary, int boundary) =>
        (_orders, _vocabulary, _boundary) = (orders, vocabulary, boundary);

    /// <summary>Counts.</summary>
    /// <param name="texts">Token ids, without the boundary.</param>
    /// <param name="order">Tokens of the longest n-grams, 1 to 5.</param>
    /// <param name="vocabulary">How many tokens there are; each can come next.</param>
    /// <param name="boundary">The token that stands before and after each text.</param>
    public static KneserNeyModel Train(IEnumerable<int[]> texts, int order, int vocabulary, int boundary)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (order is < 1 or > 5)
            throw new ArgumentOutOfRangeException(nameof(order), order, "The order of an n-gram model must be 1 to 5.");
        if (vocabulary is < 1 or > 1 << NgramOrder.Bits)
            throw new ArgumentOutOfRangeException(
                nameof(vocabulary), vocabulary, $"The vocabulary must have 1 to {1 << NgramOrder.Bits} tokens.");
        var longest = new List<UInt128>();
        foreach (var text in texts)
            foreach (var (context, token) in Steps(text, order, boundary)) longest.Add((context << NgramOrder.Bits) | (uint)token);
        if (longest.Count == 0) throw new ArgumentException("An n-gram model needs at least one text to count.", nameof(texts));

        var orders = new NgramOrder[order];
        orders[^1] = NgramOrder.Count(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(longest));
        for (var length = order - 1; length > 0; length--) orders[length - 1] = orders[length].Shorter(length);
        return new KneserNeyModel(orders, vocabulary, boundary);
    }

    /// <summary>How probable a token is, from 0 to 1; the probabilities of all tokens sum to 1.</summary>
    /// <param name="before">The text before it, from its beginning; only the last tokens count.</param>
    /// <param name="token">The token.</param>
    public double Probability(ReadOnlySpan<int> before, int token)
    {
        UInt128 context = 0;
        for (var back = _orders.Length - 1; back > 0; back--)
            context = (context << NgramOrder.Bits) | (uint)(back <= before.Length ? before[^back] : _boundary);
        return Probability(context, token);
    }

    /// <summary>Nats that a text costs: the sum of -ln(probability) over its tokens and the boundary after it.</summary>
    /// <param name="text">Token ids, without the boundary.</param>
    /// <param name="first">Where the sum begins; the tokens before are only context. Default 0.</param>
    public double Surprise(int[] text, int first = 0)
    {
        ArgumentNullException.ThrowIfNull(text);
        return -Steps(text, _orders.Length, _boundary).Skip(first).Sum(step => Math.Log(Probability(step.Context, step.Token)));
    }

    private double Probability(UInt128 context, int token)
    {
        var probability = 1.0 / _vocabulary;
        for (var length = 0; length < _orders.Length; length++)
            probability = _orders[length].Probability(context & ((UInt128.One << (NgramOrder.Bits * length)) - 1), token, probability);
        return probability;
    }

    /// <summary>Each token of a text, and the boundary after it, with the tokens before; boundaries stand before the first.</summary>
    private static IEnumerable<(UInt128 Context, int Token)> Steps(int[] text, int order, int boundary)
    {
        var mask = (UInt128.One << (NgramOrder.Bits * (order - 1))) - 1;
        UInt128 context = 0;
        for (var i = 1; i < order; i++) context = (context << NgramOrder.Bits) | (uint)boundary;
        foreach (var token in text.Append(boundary))
        {
            yield return (context, token);
            context = ((context << NgramOrder.Bits) | (uint)token) & mask;
        }
    }
}
