using System.Numerics;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>Something that a template can call.</summary>
/// <param name="Name">For error messages.</param>
/// <param name="Call">What it does.</param>
internal sealed record Callable(string Name, Func<Arguments, object?> Call)
{
    /// <summary>A function with these parameters.</summary>
    /// <param name="name">For error messages.</param>
    /// <param name="parameters">The names, in order.</param>
    /// <param name="call">What it does.</param>
    public static Callable Of(string name, string parameters, Func<Arguments, object?> call) =>
        new(name, arguments => call(arguments.Checked(Parameters(parameters))));

    /// <summary>The names in a list with spaces between them.</summary>
    public static string[] Parameters(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The values that something is called with.</summary>
/// <param name="Place">Where the call stands.</param>
/// <param name="Callee">What is called, for error messages.</param>
/// <param name="Positional">By place.</param>
/// <param name="Named">By name.</param>
internal sealed record Arguments(Place Place, string Callee, IReadOnlyList<object?> Positional, IReadOnlyDictionary<string, object?> Named)
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

    /// <summary>A string that must be there.</summary>
    public string RequireText(int place, string name) => Require(place, name) is null ? throw Error(
        $"the argument '{name}' of '{Callee}' is none; it must be a string.") : Text(place, name)!;

    /// <summary>A whole number, or a default where it is missing or none. A number beyond 2^63 becomes the nearest long.</summary>
    public long Integer(int place, string name, long missing) => Get(place, name) switch
    {
        null => missing,
        long number => number,
        bool flag => flag ? 1 : 0,
        BigInteger large => large.Sign < 0 ? long.MinValue : long.MaxValue,
        var other => throw Error($"the argument '{name}' of '{Callee}' is {PythonText.TypeOf(other)}; it must be a whole number."),
    };

    /// <summary>Whether an argument is true.</summary>
    public bool Flag(int place, string name, bool missing = false) => Operators.IsTrue(Get(place, name, missing));

    /// <summary>These arguments, if each of them is one that the callee knows.</summary>
    /// <exception cref="ChatTemplateException">There are too many, or one has a name that is unknown or given twice.</exception>
    public Arguments Checked(IReadOnlyList<string> parameters)
    {
        if (Positional.Count > parameters.Count)
            throw Error($"'{Callee}' takes {(parameters.Count == 1 ? "1 argument" : $"{parameters.Count} arguments")}; " +
                $"it is given {Positional.Count}.");
        foreach (var name in Named.Keys)
        {
            if (!parameters.Contains(name))
                throw Error($"'{Callee}' has no argument '{name}'. " +
                    $"{(parameters.Count > 0 ? $"Known are {string.Join(", ", parameters)}." : "It takes none.")}");
            if (parameters.Take(Positional.Count).Contains(name)) throw Error($"'{Callee}' is given its argument '{name}' twice.");
        }

        return this;
    }

    /// <summary>A complaint about the call.</summary>
    public ChatTemplateException Error(string message) => Place.Error(message);
}
