using System.Numerics;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>What can stand after <c>is</c>.</summary>
internal static class Tests
{
    private delegate bool Test(object? value, Arguments arguments);

    private static readonly Dictionary<string, (string[] Parameters, Test Passes)> ByName = new()
    {
        ["defined"] = Of("", (value, _) => value is not Undefined),
        ["undefined"] = Of("", (value, _) => value is Undefined),
        ["none"] = Of("", (value, _) => value is null),
        ["string"] = Of("", (value, _) => value is string),
        ["mapping"] = Of("", (value, _) => value is Mapping),
        ["iterable"] = Of("", (value, _) => IsIterable(value)),
        ["sequence"] = Of("", (value, _) => IsIterable(value) && value is not ListView { Kind: not ViewKind.Range }),
        ["number"] = Of("", (value, _) => Numbers.IsNumber(value)),
        ["integer"] = Of("", (value, _) => value is long or BigInteger),
        ["float"] = Of("", (value, _) => value is double),
        ["boolean"] = Of("", (value, _) => value is bool),
        ["true"] = Of("", (value, _) => value is true),
        ["false"] = Of("", (value, _) => value is false),
        ["callable"] = Of("", (value, _) => value is Callable or Undefined),
        ["odd"] = Of("", (value, a) => Rest(value, 2L, a) is var rest && Numbers.Compare(rest, 1L) == 0),
        ["even"] = Of("", (value, a) => Rest(value, 2L, a) is var rest && Numbers.Compare(rest, 0L) == 0),
        ["divisibleby"] = Of("num", (value, a) => Rest(value, a.Require(0, "num"), a) is var rest && Numbers.Compare(rest, 0L) == 0),
        ["eq"] = Comparison("=="),
        ["equalto"] = Comparison("=="),
        ["=="] = Comparison("=="),
        ["ne"] = Comparison("!="),
        ["!="] = Comparison("!="),
        ["lt"] = Comparison("<"),
        ["lessthan"] = Comparison("<"),
        ["<"] = Comparison("<"),
        ["le"] = Comparison("<="),
        ["<="] = Comparison("<="),
        ["gt"] = Comparison(">"),
        ["greaterthan"] = Comparison(">"),
        [">"] = Comparison(">"),
        ["ge"] = Comparison(">="),
        [">="] = Comparison(">="),
        ["in"] = Of("seq", (value, a) => Operators.Contains(a.Require(0, "seq"), value, a.Place)),
        ["sameas"] = Of("other", (value, a) => IsSame(value, a.Require(0, "other"), a.Place)),
        ["lower"] = Of("", (value, a) => Casing.IsLower(PythonText.Of(value, a.Place))),
        ["upper"] = Of("", (value, a) => Casing.IsUpper(PythonText.Of(value, a.Place))),
        ["filter"] = Of("", (value, _) => value is string name && Filters.Exists(name)),
        ["test"] = Of("", (value, _) => value is string name && Exists(name)),
        ["escaped"] = Of("", (_, _) => false),
    };

    /// <summary>Whether a value passes the test of this name.</summary>
    public static bool Apply(string name, object? value, Arguments arguments)
    {
        arguments.Place.Step();
        if (value is string text) arguments.Place.Characters(text.Length);
        return ByName.TryGetValue(name, out var test)
            ? test.Passes(value, arguments.Checked(test.Parameters))
            : throw arguments.Error(
                $"there is no test '{Shortened.Of(name)}'. " +
                "Known are defined, none, string, mapping, iterable, number, boolean, equalto, in and the others of Jinja.");
    }

    private static bool Exists(string name) => ByName.ContainsKey(name);

    private static (string[] Parameters, Test Passes) Of(string parameters, Test passes) => (Callable.Parameters(parameters), passes);

    private static (string[] Parameters, Test Passes) Comparison(string symbol) =>
        Of("other", (value, a) => Operators.Holds(symbol, value, a.Require(0, "other"), a.Place));

    private static bool IsIterable(object? value) => value is string or List<object?> or object?[] or Mapping or Undefined;

    private static object Rest(object? value, object? divisor, Arguments arguments) => Numbers.IsNumber(value) && Numbers.IsNumber(divisor)
        ? Numbers.Calculate("%", value, divisor, arguments.Place)
        : throw arguments.Error(
            $"'{arguments.Callee}' needs numbers; it is given {PythonText.TypeOf(Numbers.IsNumber(value) ? divisor : value)}.");

    // What Python's `is` says of values that a template writes: True and 1 are two things, a number and the same number one.
    private static bool IsSame(object? value, object? other, Place place) => value is string or bool or long or double or BigInteger
        ? value.GetType() == other?.GetType() && Operators.AreEqual(value, other, place)
        : ReferenceEquals(value, other);
}
