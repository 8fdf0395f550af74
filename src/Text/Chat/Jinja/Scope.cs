namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>Names and their values; those of the scopes around it can be seen but not changed.</summary>
internal sealed class Scope(Scope? parent = null)
{
    private readonly Dictionary<string, object?> _values = [];

    /// <summary>Sets a name in this scope.</summary>
    public object? this[string name]
    {
        set => _values[name] = value;
    }

    private Scope? Parent { get; } = parent;

    /// <summary>Finds a name here or further out; each scope on the way is a step.</summary>
    public object? Find(string name, Place place)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            place.Step();
            if (scope._values.TryGetValue(name, out var value)) return value;
        }

        return new Undefined($"'{Shortened.Of(name)}' is undefined");
    }
}
