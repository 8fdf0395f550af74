namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>Something that a template can call.</summary>
/// <param name="Name">For error messages.</param>
/// <param name="Call">What it does.</param>
internal sealed record Callable(string Name, Func<Arguments, object?> Call);

/// <summary>The values that something is called with.</summary>
/// <param name="Line">Where the call stands.</param>
/// <param name="Callee">What is called, for error messages.</param>
/// <param name="Positional">By place.</param>
/// <param name="Named">By name.</param>
internal sealed record Arguments(int Line, string Callee, IReadOnlyList<object?> Positional, IReadOnlyDictionary<string, object?> Named)
{
    /// <summary>The argument at a place or of a name, or a value where it is missing.</summary>
    public object? Get(int place, string name, object? missing = null) =>
        place < Positional.Count ? Positional[place] : Named.TryGetValue(name, out var value) ? value : missing;

    /// <summary>An argument that must be there.</summary>
    public object? Require(int place, string name) =>
        place < Positional.Count || Named.ContainsKey(name) ? Get(place, name) : throw Error($"'{Callee}' needs the argument '{name}'.");

    /// <summary>A string, or null where it is missing or none.</summary>
    public string? Text(int place, string name) => Get(place, name) switch
    {
        null => null,
        string text => text,
        var other => throw Error($"the argument '{name}' of '{Callee}' is {PythonText.TypeOf(other)}; it must be a string."),
    };

    /// <summary>A whole number, or a value where it is missing or none.</summary>
    public long Integer(int place, string name, long missing) => Get(place, name) switch
    {
        null => missing,
        long number => number,
        bool flag => flag ? 1 : 0,
        var other => throw Error($"the argument '{name}' of '{Callee}' is {PythonText.TypeOf(other)}; it must be a whole number."),
    };

    /// <summary>Whether an argument is true.</summary>
    public bool Flag(int place, string name, bool missing = false) => Operators.IsTrue(Get(place, name, missing));

    /// <summary>A complaint about the call.</summary>
    public ChatTemplateException Error(string message) => new(Line, message);
}
