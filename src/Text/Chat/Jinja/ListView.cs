namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>The kinds of list that Python holds as something else.</summary>
internal enum ViewKind
{
    /// <summary>range(3): can be indexed, and is printed as it is called.</summary>
    Range,

    /// <summary>dict.items(): can be counted, and is printed with its items.</summary>
    Entries,

    /// <summary>What select, map and the like give: can only be gone through, and is true even when empty.</summary>
    Generator,
}

/// <summary>A list that Python holds as something else, which shows where it is printed, tested or indexed.</summary>
/// <param name="kind">What Python holds it as.</param>
/// <param name="head">What is printed before the items, or instead of them.</param>
/// <param name="items">The items.</param>
internal sealed class ListView(ViewKind kind, string head, IEnumerable<object?> items) : List<object?>(items)
{
    /// <summary>What Python holds it as.</summary>
    public ViewKind Kind => kind;

    /// <summary>What is printed before the items, or instead of them.</summary>
    public string Head => head;

    /// <summary>What a filter gives item by item.</summary>
    public static ListView Generator(IEnumerable<object?> items) => new(ViewKind.Generator, "<generator object>", items);
}
