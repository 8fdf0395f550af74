using LlmRabbitHoles.Agents;

namespace LlmRabbitHoles.Alice;

/// <summary>Looks up a fact of Alice's world: what the shop's goods cost, weigh and how many there are, and what her tables hold of
/// countries, animals, things and people. A price is a figure, though the tables write "eighteen coins", since a calculation may need
/// it.</summary>
public sealed class Lookup : ITool
{
    private static readonly Lazy<Dictionary<string, Slots>> Rows = new(Read);

    /// <inheritdoc/>
    public string Name => "lookup";

    /// <inheritdoc/>
    public string Description => "looks up a fact";

    /// <inheritdoc/>
    public IReadOnlyList<string> Parameters { get; } = ["subject", "property"];

    /// <inheritdoc/>
    public string Invoke(IReadOnlyDictionary<string, string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var (subject, property) = (arguments["subject"], arguments["property"]);
        return Rows.Value.TryGetValue(subject, out var row) && row.TryGetValue(property, out var value) && value.Length > 0
            ? value : throw new ToolException($"I find no {property} of {subject}.");
    }

    private static Dictionary<string, Slots> Read()
    {
        var rows = new Dictionary<string, Slots>(StringComparer.OrdinalIgnoreCase);
        var tables = World.Alice.Tables.Values.Prepend(World.ReadTable(CorpusResource.Lines("shop.csv"), "shop.csv"));
        var figures = Enumerable.Range(0, 1000)
            .ToDictionary(n => $"{English.Number(n)} coin{(n == 1 ? "" : "s")}", n => $"{n}", StringComparer.Ordinal);
        foreach (var row in tables.SelectMany(table => table))
            rows.TryAdd(
                row.Values.First(), row.TryGetValue("price", out var price) && figures.TryGetValue(price, out var figure)
                    ? row.With("price", figure)
                    : row);
        return rows;
    }
}
