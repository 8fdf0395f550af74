namespace LlmRabbitHoles.Alice.Abilities;

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
