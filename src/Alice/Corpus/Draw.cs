namespace LlmRabbitHoles.Alice;

/// <summary>Draws from a seeded random source.</summary>
internal static class Draw
{
    public static T One<T>(this Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    public static bool Chance(this Random random, double probability) => random.NextDouble() < probability;

    /// <summary>Some different items, in random order.</summary>
    public static T[] Some<T>(this Random random, IReadOnlyList<T> items, int count)
    {
        if (count > items.Count / 2)
            return [.. random.Shuffled(items).Take(count)];
        var taken = new HashSet<int>();
        while (taken.Count < count)
            taken.Add(random.Next(items.Count));
        return [.. taken.Select(index => items[index])];
    }

    public static T[] Shuffled<T>(this Random random, IEnumerable<T> items)
    {
        T[] shuffled = [.. items];
        random.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>The items for ever, reshuffled each time round, so that all come equally often.</summary>
    public static IEnumerable<T> Cycle<T>(this Random random, IReadOnlyList<T> items)
    {
        while (true)
        {
            foreach (var item in random.Shuffled(items))
                yield return item;
        }
    }
}
