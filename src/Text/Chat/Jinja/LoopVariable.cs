namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>What a loop tells its body: <c>loop.index</c>, <c>loop.last</c> and the like.</summary>
internal sealed class LoopVariable(IReadOnlyList<object?> items, int depth)
{
    private object?[]? _lastChanged;

    /// <summary>The iteration, from 0.</summary>
    public int Index { get; set; }

    /// <summary>The attribute of a name, or undefined.</summary>
    public object? Attribute(string name) => name switch
    {
        "index" => (long)Index + 1,
        "index0" => (long)Index,
        "revindex" => (long)items.Count - Index,
        "revindex0" => (long)items.Count - Index - 1,
        "first" => Index == 0,
        "last" => Index == items.Count - 1,
        "length" => (long)items.Count,
        "depth" => (long)depth,
        "depth0" => (long)depth - 1,
        "previtem" => Index > 0 ? items[Index - 1] : new Undefined("there is no previous item"),
        "nextitem" => Index + 1 < items.Count ? items[Index + 1] : new Undefined("there is no next item"),
        "cycle" => new Callable("loop.cycle", Cycle),
        "changed" => new Callable("loop.changed", arguments => Changed(arguments)),
        _ => new Undefined($"'loop' has no attribute '{Shortened.Of(name)}'"),
    };

    private object? Cycle(Arguments arguments) => arguments.Positional.Count > 0
        ? arguments.Positional[Index % arguments.Positional.Count]
        : throw arguments.Error("loop.cycle needs values to choose from.");

    private bool Changed(Arguments arguments)
    {
        object?[] now = [.. arguments.Positional];
        if (_lastChanged is not null && Operators.AreEqual(now, _lastChanged, arguments.Place)) return false;
        _lastChanged = now;
        return true;
    }
}
