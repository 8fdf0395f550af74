using System.Globalization;
using System.Numerics;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>The functions that every template knows.</summary>
internal static class TemplateGlobals
{
    private const long LongestRange = 100_000;
    private const int LongestRefusal = 2_000;

    /// <summary>A scope with the functions.</summary>
    public static Scope Create(TimeProvider clock)
    {
        var scope = new Scope();
        Add(scope, Callable.Of("raise_exception", "message", Raise));
        Add(scope, Callable.Of("strftime_now", "format", arguments => arguments.Place.Made(
            TimeFormat.Write(clock.GetLocalNow(), arguments.RequireText(0, "format")))));
        Add(scope, Callable.Of("range", "start stop step", Range));
        Add(scope, new Callable("namespace", MakeNamespace));
        Add(scope, new Callable("dict", MakeMapping));
        return scope;
    }

    private static void Add(Scope scope, Callable callable) => scope[callable.Name] = callable;

    private static object Raise(Arguments arguments) =>
        throw arguments.Error("the template refuses this conversation: " +
            $"{Shortened.Of(PythonText.Of(arguments.Get(0, "message"), arguments.Place), LongestRefusal)}");

    private static ListView Range(Arguments arguments)
    {
        arguments.Require(0, "stop");
        var (start, stop) = arguments.Positional.Count > 1 ? (Whole(arguments, 0), Whole(arguments, 1)) : (0, Whole(arguments, 0));
        var step = arguments.Positional.Count > 2 ? Whole(arguments, 2) : 1;
        if (step.IsZero) throw arguments.Error("the step of range must not be 0.");
        var count = BigInteger.Max(0, (stop - start + step - step.Sign) / step);
        if (count > LongestRange)
            throw arguments.Error(
                string.Create(CultureInfo.InvariantCulture, $"a range has more than {LongestRange} numbers. Use a smaller one."));
        arguments.Place.Step((long)count);
        var head = $"range({start}, {stop}{(step.IsOne ? "" : $", {step}")})";
        return new ListView(
            ViewKind.Range, head, Enumerable.Range(0, (int)count).Select(i => Numbers.Of(start + (i * step), arguments.Place)));
    }

    private static BigInteger Whole(Arguments arguments, int place) => Numbers.IsWhole(arguments.Positional.ElementAtOrDefault(place))
        ? Numbers.Whole(arguments.Positional[place])
        : throw arguments.Error($"'range' needs whole numbers; it is given {PythonText.TypeOf(arguments.Get(place, "stop"))}.");

    private static Namespace MakeNamespace(Arguments arguments)
    {
        var made = new Namespace();
        foreach (var (name, value) in MakeMapping(arguments).Pairs)
            made.Attributes[name as string
                ?? throw arguments.Error($"an attribute of a namespace is {PythonText.TypeOf(name)}; it must be a string.")] = value;
        return made;
    }

    private static Mapping MakeMapping(Arguments arguments)
    {
        var mapping = new Mapping();
        if (arguments.Positional.Count > 1)
            throw arguments.Error($"'{arguments.Callee}' takes 1 argument without a name; it is given {arguments.Positional.Count}.");
        if (arguments.Positional is [var given])
        {
            foreach (var pair in given is Mapping copied
                ? CollectionMethods.Pairs(copied, arguments.Place)
                : Operators.Items(given, arguments.Place))
            {
                if (Operators.Items(pair, arguments.Place) is not [var key, var value])
                    throw arguments.Error($"'{arguments.Callee}' needs a mapping, or a list of pairs of a key and a value.");
                mapping.Set(key, value, arguments.Place);
            }
        }

        foreach (var (name, value) in arguments.Named) mapping[name] = value;
        return mapping;
    }
}
