namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>Names and their values; those of the scopes around it can be seen but not changed.</summary>
internal sealed class Scope(Scope? parent = null)
{
    private readonly Dictionary<string, object?> _values = [];

    /// <summary>Sets a name in this scope, or finds it here or further out.</summary>
    public object? this[string name]
    {
        get
        {
            for (var scope = this; scope != null; scope = scope.Parent)
            {
                if (scope._values.TryGetValue(name, out var value)) return value;
            }

            return new Undefined($"'{name}' is undefined");
        }

        set => _values[name] = value;
    }

    private Scope? Parent { get; } = parent;
}
