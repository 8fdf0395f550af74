using System.Globalization;

namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>The functions that every template knows.</summary>
internal static class TemplateGlobals
{
    private const long LongestRange = 100_000;

    /// <summary>A scope with the functions.</summary>
    public static Scope Create(TimeProvider clock)
    {
        var scope = new Scope();
        Add(scope, "raise_exception", Raise);
        Add(scope, "strftime_now", arguments => TimeFormat.Write(clock.GetLocalNow(), arguments.Text(0, "format") ?? ""));
        Add(scope, "range", Range);
        Add(scope, "namespace", MakeNamespace);
        Add(scope, "dict", MakeMapping);
        return scope;
    }

    private static void Add(Scope scope, string name, Func<Arguments, object?> call) => scope[name] = new Callable(name, call);

    private static object Raise(Arguments arguments) =>
        throw arguments.Error($"the template refuses this conversation: {PythonText.Of(arguments.Get(0, "message"))}");

    private static List<object?> Range(Arguments arguments)
    {
        var first = arguments.Integer(0, "start", 0);
        var (start, stop) = arguments.Positional.Count > 1 ? (first, arguments.Integer(1, "stop", 0)) : (0, first);
        var step = arguments.Integer(2, "step", 1);
        if (step == 0) throw arguments.Error("the step of range must not be 0.");
        var items = new List<object?>();
        for (var i = start; step > 0 ? i < stop : i > stop; i += step)
        {
            if (items.Count == LongestRange)
                throw arguments.Error(string.Create(CultureInfo.InvariantCulture, $"a range has more than {LongestRange} numbers. Use a smaller one."));
            items.Add(i);
        }

        return items;
    }

    private static Namespace MakeNamespace(Arguments arguments)
    {
        var made = new Namespace();
        foreach (var (name, value) in MakeMapping(arguments)) made.Attributes[PythonText.Of(name)] = value;
        return made;
    }

    private static Mapping MakeMapping(Arguments arguments)
    {
        var mapping = new Mapping();
        if (arguments.Positional is [Mapping given])
        {
            foreach (var (key, value) in given) mapping[key] = value;
        }

        foreach (var (name, value) in arguments.Named) mapping[name] = value;
        return mapping;
    }
}
