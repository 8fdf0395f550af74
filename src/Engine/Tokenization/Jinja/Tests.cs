namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>What can stand after <c>is</c>.</summary>
internal static class Tests
{
    /// <summary>Whether a value passes the test of this name.</summary>
    public static bool Apply(string name, object? value, Arguments arguments) => name switch
    {
        "defined" => value is not Undefined,
        "undefined" => value is Undefined,
        "none" => value is null,
        "string" => value is string,
        "mapping" => value is Mapping,
        "iterable" => value is string or List<object?> or object?[] or Mapping or Undefined,
        "sequence" => value is string or List<object?> or object?[] or Mapping or Undefined,
        "number" => Operators.IsNumber(value),
        "integer" => value is long,
        "float" => value is double,
        "boolean" => value is bool,
        "true" => value is true,
        "false" => value is false,
        "callable" => value is Callable,
        "odd" => Operators.AreEqual(Operators.Binary("%", value, 2L, arguments.Line), 1L),
        "even" => Operators.AreEqual(Operators.Binary("%", value, 2L, arguments.Line), 0L),
        "divisibleby" => Operators.AreEqual(Operators.Binary("%", value, arguments.Require(0, "num"), arguments.Line), 0L),
        "eq" or "equalto" or "==" => Operators.AreEqual(value, arguments.Require(0, "other")),
        "ne" or "!=" => !Operators.AreEqual(value, arguments.Require(0, "other")),
        "lt" or "lessthan" or "<" => Operators.Compare(value, arguments.Require(0, "other"), arguments.Line) < 0,
        "le" or "<=" => Operators.Compare(value, arguments.Require(0, "other"), arguments.Line) <= 0,
        "gt" or "greaterthan" or ">" => Operators.Compare(value, arguments.Require(0, "other"), arguments.Line) > 0,
        "ge" or ">=" => Operators.Compare(value, arguments.Require(0, "other"), arguments.Line) >= 0,
        "in" => Operators.Contains(arguments.Require(0, "seq"), value, arguments.Line),
        "sameas" => value is string or bool or long or double
            ? Operators.AreEqual(value, arguments.Require(0, "other"))
            : ReferenceEquals(value, arguments.Require(0, "other")),
        "lower" => PythonText.Of(value) is var text && text.Any(char.IsLetter) && !text.Any(char.IsUpper),
        "upper" => PythonText.Of(value) is var text && text.Any(char.IsLetter) && !text.Any(char.IsLower),
        "filter" => Filters.Exists(PythonText.Of(value)),
        _ => throw arguments.Error(
            $"there is no test '{name}'. Known are defined, none, string, mapping, iterable, number, boolean, equalto, in and the others of Jinja."),
    };
}
