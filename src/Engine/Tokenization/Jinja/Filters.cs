using System.Globalization;

namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>What can stand after a bar.</summary>
internal static partial class Filters
{
    private static readonly Dictionary<string, Func<object?, Arguments, object?>> ByName = new()
    {
        ["abs"] = (value, a) => value is long number ? (object)Math.Abs(number) : Math.Abs(Number(value, a)),
        ["attr"] = (value, a) => At(value, a.Require(0, "name"), a),
        ["batch"] = Batch,
        ["capitalize"] = (value, _) => StringMethods.Capitalize(PythonText.Of(value)),
        ["count"] = (value, a) => Length(value, a),
        ["d"] = Default,
        ["default"] = Default,
        ["dictsort"] = (value, a) =>
            CollectionMethods.Pairs(MappingOf(value, a)).OrderBy(pair => ((object?[])pair!)[0], Order(a.Line, ignoreCase: true)).ToList(),
        ["e"] = (value, _) => Escape(PythonText.Of(value)),
        ["escape"] = (value, _) => Escape(PythonText.Of(value)),
        ["first"] = (value, a) => Operators.Items(value, a.Line).DefaultIfEmpty(new Undefined("there is no first item")).First(),
        ["float"] = (value, a) => ToFloat(value) ?? a.Get(0, "default", 0.0),
        ["format"] = (value, a) => StringFormat.Apply(PythonText.Of(value), a.Positional, a.Line),
        ["groupby"] = GroupBy,
        ["indent"] = Indent,
        ["int"] = (value, a) => ToInteger(value) ?? a.Get(0, "default", 0L),
        ["items"] = (value, a) => value is Undefined ? new List<object?>() : CollectionMethods.Pairs(MappingOf(value, a)),
        ["join"] = Join,
        ["last"] = (value, a) => Operators.Items(value, a.Line).DefaultIfEmpty(new Undefined("there is no last item")).Last(),
        ["length"] = (value, a) => Length(value, a),
        ["list"] = (value, a) => Operators.Items(value, a.Line).ToList(),
        ["lower"] = (value, _) => PythonText.Of(value).ToLowerInvariant(),
        ["map"] = Map,
        ["max"] = (value, a) => Extreme(value, a, last: true),
        ["min"] = (value, a) => Extreme(value, a, last: false),
        ["reject"] = (value, a) => Select(value, a, wanted: false),
        ["rejectattr"] = (value, a) => SelectByAttribute(value, a, wanted: false),
        ["replace"] = (value, a) => StringMethods.Replace(
            PythonText.Of(value), PythonText.Of(a.Require(0, "old")), PythonText.Of(a.Require(1, "new")), a.Integer(2, "count", -1)),
        ["reverse"] = (value, a) => value is string text ? string.Concat(text.EnumerateRunes().Reverse()) : Operators.Items(value, a.Line).Reverse().ToList(),
        ["round"] = (value, a) => Round(value, a),
        ["safe"] = (value, _) => value,
        ["select"] = (value, a) => Select(value, a, wanted: true),
        ["selectattr"] = (value, a) => SelectByAttribute(value, a, wanted: true),
        ["sort"] = Sort,
        ["string"] = (value, _) => PythonText.Of(value),
        ["sum"] = Sum,
        ["title"] = (value, _) => StringMethods.Title(PythonText.Of(value)),
        ["tojson"] = JsonText.Of,
        ["trim"] = (value, a) => StringMethods.Strip(PythonText.Of(value), a.Text(0, "chars"), left: true, right: true),
        ["truncate"] = Truncate,
        ["unique"] = Unique,
        ["upper"] = (value, _) => PythonText.Of(value).ToUpperInvariant(),
        ["wordcount"] = (value, _) => (long)PythonText.Of(value).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length,
    };

    /// <summary>Whether there is a filter of this name.</summary>
    public static bool Exists(string name) => ByName.ContainsKey(name);

    /// <summary>Applies a filter.</summary>
    public static object? Apply(string name, object? value, Arguments arguments) => ByName.TryGetValue(name, out var filter)
        ? filter(value, arguments)
        : throw arguments.Error($"there is no filter '{name}'. Known are {string.Join(", ", ByName.Keys)}.");

    private static object? Default(object? value, Arguments arguments)
    {
        var isMissing = value is Undefined || (arguments.Flag(1, "boolean") && !Operators.IsTrue(value));
        return isMissing ? arguments.Get(0, "default_value", "") : value;
    }

    private static long Length(object? value, Arguments arguments) => value switch
    {
        string text => (long)text.EnumerateRunes().Count(),
        Mapping mapping => (long)mapping.Count,
        List<object?> or object?[] or Undefined => (long)Operators.Items(value, arguments.Line).Count(),
        _ => throw arguments.Error($"{PythonText.TypeOf(value)} has no length. Give a list, a mapping or a string."),
    };

    private static string Indent(object? value, Arguments arguments)
    {
        var margin = arguments.Get(0, "width", 4L) is string text ? text : new string(' ', (int)Math.Clamp(arguments.Integer(0, "width", 4), 0, 1000));
        var (first, blank) = (arguments.Flag(1, "first"), arguments.Flag(2, "blank"));
        var lines = PythonText.Of(value).Split('\n');
        return string.Join('\n', lines.Select((line, i) => (i > 0 || first) && (blank || line.Length > 0 || (i == 0 && first)) ? margin + line : line));
    }

    private static string Truncate(object? value, Arguments arguments)
    {
        var text = PythonText.Of(value);
        var (length, end) = ((int)arguments.Integer(0, "length", 255), arguments.Text(2, "end") ?? "...");
        if (text.Length <= length + arguments.Integer(3, "leeway", 5)) return text;
        var cut = text[..Math.Max(0, length - end.Length)];
        var space = cut.LastIndexOf(' ');
        return (arguments.Flag(1, "killwords") || space < 0 ? cut : cut[..space]) + end;
    }

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal)
        .Replace("\"", "&#34;", StringComparison.Ordinal);

    private static object? ToInteger(object? value) => value switch
    {
        long => value,
        bool flag => flag ? 1L : 0L,
        double number when Math.Abs(number) < 9e18 => (long)number,
        string text when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        string text when ToFloat(text) is double number && Math.Abs(number) < 9e18 => (long)number,
        _ => null,
    };

    private static object? ToFloat(object? value) => value switch
    {
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => Operators.IsNumber(value) ? Operators.ToDouble(value) : null,
    };

    private static double Round(object? value, Arguments arguments)
    {
        var scale = Math.Pow(10, Math.Clamp(arguments.Integer(0, "precision", 0), 0, 15));
        var scaled = Number(value, arguments) * scale;
        return (arguments.Text(1, "method") ?? "common") switch
        {
            "ceil" => Math.Ceiling(scaled) / scale,
            "floor" => Math.Floor(scaled) / scale,
            _ => Math.Round(scaled, MidpointRounding.ToEven) / scale,
        };
    }

    private static double Number(object? value, Arguments arguments) => Operators.IsNumber(value)
        ? Operators.ToDouble(value)
        : throw arguments.Error($"'{arguments.Callee}' needs a number; it is given {PythonText.TypeOf(value)}.");

    private static Mapping MappingOf(object? value, Arguments arguments) => value as Mapping
        ?? throw arguments.Error($"'{arguments.Callee}' needs a mapping; it is given {PythonText.TypeOf(value)}.");
}
