using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>What can stand after a bar.</summary>
internal static partial class Filters
{
    private delegate object? Filter(object? value, Arguments arguments);

    private static readonly Dictionary<string, (string[]? Parameters, Filter Apply)> ByName = new()
    {
        ["abs"] = Of(
            "", (value, a) => Number(value, a) is double real ? Math.Abs(real) : Numbers.Of(BigInteger.Abs(Numbers.Whole(value)), a.Place)),
        ["attr"] = Of("name", Attribute),
        ["batch"] = Of("linecount fill_with", Batch),
        ["capitalize"] = Of("", (value, a) => Casing.Capitalize(Text(value, a))),
        ["center"] = Of("width", (value, a) => StringMethods.Center(Text(value, a), a)),
        ["count"] = Of("", Length),
        ["d"] = Of("default_value boolean", Default),
        ["default"] = Of("default_value boolean", Default),
        ["dictsort"] = Of("case_sensitive by reverse", SortMapping),
        ["e"] = Of("", (value, a) => Escape(Text(value, a))),
        ["escape"] = Of("", (value, a) => Escape(Text(value, a))),
        ["first"] =
            Of("", (value, a) => Operators.Items(value, a.Place) is [var first, ..] ? first : new Undefined("there is no first item")),
        ["float"] = Of("default", (value, a) => ToFloat(value, a.Place) ?? a.Get(0, "default", 0.0)),
        ["forceescape"] = Of("", (value, a) => Escape(Text(value, a))),
        ["format"] = (null, Format),
        ["groupby"] = Of("attribute default case_sensitive", GroupBy),
        ["indent"] = Of("width first blank", Indent),
        ["int"] = Of("default base", (value, a) => ToInteger(value, a) ?? a.Get(0, "default", 0L)),
        ["items"] = Of("", (value, a) => value is Undefined ? new List<object?>() : CollectionMethods.Pairs(MappingOf(value, a), a.Place)),
        ["join"] = Of("d attribute", Join),
        ["last"] = Of("", (value, a) => Operators.Items(value, a.Place) is [.., var last] ? last : new Undefined("there is no last item")),
        ["length"] = Of("", Length),
        ["list"] = Of("", (value, a) => Operators.Items(value, a.Place).ToList()),
        ["lower"] = Of("", (value, a) => Casing.Lower(Text(value, a))),
        ["map"] = (null, Map),
        ["max"] = Of("case_sensitive attribute", (value, a) => Extreme(value, a, largest: true)),
        ["min"] = Of("case_sensitive attribute", (value, a) => Extreme(value, a, largest: false)),
        ["reject"] = (null, (value, a) => Select(value, a, wanted: false)),
        ["rejectattr"] = (null, (value, a) => SelectByAttribute(value, a, wanted: false)),
        ["replace"] = Of("old new count", (value, a) => StringMethods.Replace(
            Text(value, a), PythonText.Of(a.Require(0, "old"), a.Place), PythonText.Of(a.Require(1, "new"), a.Place),
            a.Integer(2, "count", -1), a.Place)),
        ["reverse"] =
            Of("", (value, a) => value is string text ? Reversed(text, a) : ListView.Generator(Operators.Items(value, a.Place).Reverse())),
        ["round"] = Of("precision method", Round),
        ["safe"] = Of("", (value, _) => value),
        ["select"] = (null, (value, a) => Select(value, a, wanted: true)),
        ["selectattr"] = (null, (value, a) => SelectByAttribute(value, a, wanted: true)),
        ["slice"] = Of("slices fill_with", SliceUp),
        ["sort"] = Of("reverse case_sensitive attribute", Sort),
        ["string"] = Of("", Text),
        ["sum"] = Of("attribute start", Sum),
        ["title"] = Of("", (value, a) => Title(Text(value, a))),
        ["tojson"] = Of("ensure_ascii indent separators sort_keys", JsonText.Of),
        ["trim"] = Of("chars", (value, a) => StringMethods.Strip(Text(value, a), a.Text(0, "chars"), left: true, right: true)),
        ["truncate"] = Of("length killwords end leeway", Truncate),
        ["unique"] = Of("case_sensitive attribute", Unique),
        ["upper"] = Of("", (value, a) => Casing.Upper(Text(value, a))),
        ["wordcount"] = Of("", (value, a) => (long)Words().Count(Text(value, a))),
    };

    /// <summary>Whether there is a filter of this name.</summary>
    public static bool Exists(string name) => ByName.ContainsKey(name);

    /// <summary>Applies a filter. Reading a text once is counted, and a text that it gives.</summary>
    public static object? Apply(string name, object? value, Arguments arguments)
    {
        if (!ByName.TryGetValue(name, out var filter))
            throw arguments.Error($"there is no filter '{Shortened.Of(name)}'. Known are {string.Join(", ", ByName.Keys)}.");
        arguments.Place.Step();
        if (value is string text) arguments.Place.Characters(text.Length);
        var result = filter.Apply(value, filter.Parameters is null ? arguments : arguments.Checked(filter.Parameters));
        return result is string made ? arguments.Place.Made(made) : result;
    }

    private static (string[]? Parameters, Filter Apply) Of(string parameters, Filter apply) => (Callable.Parameters(parameters), apply);

    private static string Text(object? value, Arguments arguments) => PythonText.Of(value, arguments.Place);

    private static string OnlyText(object? value, Arguments arguments) => value switch
    {
        string text => text,
        _ => throw arguments.Error(
            $"'{arguments.Callee}' needs a string; it is given {PythonText.TypeOf(value)}. Use the filter string before."),
    };

    private static object? Default(object? value, Arguments arguments)
    {
        var isMissing = value is Undefined || (arguments.Flag(1, "boolean") && !Operators.IsTrue(value));
        return isMissing ? arguments.Get(0, "default_value", "") : value;
    }

    // Only what Python holds as an attribute; a mapping's keys are not attributes.
    private static object? Attribute(object? value, Arguments arguments)
    {
        var name = arguments.RequireText(0, "name");
        return value is not Mapping mapping ? Interpreter.Attribute(value, name, arguments.Place)
            : CollectionMethods.Find(mapping, name) is { } method
            ? method
            : new Undefined($"a mapping has no attribute '{Shortened.Of(name)}'");
    }

    private static object? Length(object? value, Arguments arguments) => value switch
    {
        string text => (long)text.EnumerateRunes().Count(),
        Mapping mapping => (long)mapping.Count,
        List<object?> list and not ListView { Kind: ViewKind.Generator } => (long)list.Count,
        object?[] tuple => (long)tuple.Length,
        Undefined => 0L,
        _ => throw arguments.Error($"{PythonText.TypeOf(value)} has no length. Give a list, a mapping or a string."),
    };

    private static string Format(object? value, Arguments arguments)
    {
        if (arguments.Positional.Count > 0 && arguments.Named.Count > 0)
            throw arguments.Error("'format' takes values by place or by name, not both.");
        if (arguments.Named.Count == 0) return StringFormat.Apply(Text(value, arguments), arguments.Positional.ToArray(), arguments.Place);
        var names = new Mapping();
        foreach (var (name, named) in arguments.Named) names[name] = named;
        return StringFormat.Apply(Text(value, arguments), names, arguments.Place);
    }

    private static object? Indent(object? value, Arguments arguments)
    {
        if (arguments.Get(0, "width", 4L) is not string margin)
        {
            var width = Math.Max(0, arguments.Integer(0, "width", 4));
            arguments.Place.Characters(width);
            margin = new string(' ', (int)width);
        }

        var (first, blank) = (arguments.Flag(1, "first"), arguments.Flag(2, "blank"));
        var lines = StringMethods.SplitLines(OnlyText(value, arguments) + '\n');
        bool IsIndented(int i) => i == 0 ? first : blank || lines[i].Length > 0;
        arguments.Place.Step(lines.Count);
        arguments.Place.Characters((long)margin.Length * lines.Where((_, i) => IsIndented(i)).Count());
        return string.Join('\n', lines.Select((line, i) => IsIndented(i) ? margin + line : line));
    }

    private static object? Truncate(object? value, Arguments arguments)
    {
        if (value is Undefined) return value;
        Rune[] text = [.. OnlyText(value, arguments).EnumerateRunes()];
        var (length, end, leeway) =
            (arguments.Integer(0, "length", 255), arguments.Text(2, "end") ?? "...", arguments.Integer(3, "leeway", 5));
        var endLength = end.EnumerateRunes().Count();
        if (length < endLength) throw arguments.Error($"the length of 'truncate' must be at least that of its end, {endLength}.");
        if (leeway < 0) throw arguments.Error("the leeway of 'truncate' must not be negative.");
        if (text.Length <= leeway || text.Length - leeway <= length) return Text(value, arguments);
        var cut = string.Concat(text.Take((int)Math.Min(length - endLength, text.Length)).Select(rune => rune.ToString()));
        var space = cut.LastIndexOf(' ');
        return (arguments.Flag(1, "killwords") || space < 0 ? cut : cut[..space]) + end;
    }

    private static string Reversed(string text, Arguments arguments)
    {
        arguments.Place.Characters(text.Length);
        return string.Concat(text.EnumerateRunes().Reverse().Select(rune => rune.ToString()));
    }

    // Words start behind spaces, hyphens and opening brackets; unlike in the method of the same name, an apostrophe does not start one.
    private static string Title(string text) => string.Concat(WordStarts().Split(text).Select(Casing.Capitalize));

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal)
        .Replace("\"", "&#34;", StringComparison.Ordinal);

    private static object? ToInteger(object? value, Arguments arguments) => value switch
    {
        bool or long or BigInteger => Numbers.Of(Numbers.Whole(value), arguments.Place),
        double number when double.IsFinite(number) => Numbers.Of(Numbers.Whole(number), arguments.Place),
        string text => OfDigits(text, arguments) ?? (
            ToFloat(text, arguments.Place) is double number && double.IsFinite(number)
                ? Numbers.Of(Numbers.Whole(number), arguments.Place)
                : null),
        Undefined missing => throw arguments.Error($"{missing.Description}, so 'int' cannot read it."),
        _ => null,
    };

    private static object? OfDigits(string text, Arguments arguments)
    {
        var radix = arguments.Integer(1, "base", 10);
        if (radix is not (0 or (>= 2 and <= 36))) return null;
        var digits = Number().Match(StringMethods.Strip(text, null, left: true, right: true));
        if (!digits.Success) return null;
        var prefix = digits.Groups["prefix"].Value.ToLowerInvariant() switch { "0x" => 16, "0o" => 8, "0b" => 2, _ => 0 };
        var body = digits.Groups["digits"].Value.Replace("_", "", StringComparison.Ordinal);
        if (prefix != 0 && radix != 0 && prefix != radix) body = digits.Groups["prefix"].Value[1..] + body;
        if (radix == 0) radix = prefix == 0 ? 10 : prefix;
        if (body.Length > 4200) return null;
        var number = BigInteger.Zero;
        foreach (var c in body)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.ToLowerInvariant(c) - 'a' + 10;
            if (digit >= radix) return null;
            number = (number * radix) + digit;
        }

        return Numbers.Of(digits.Groups["sign"].Value == "-" ? -number : number, arguments.Place);
    }

    private static object? ToFloat(object? value, Place place) => value switch
    {
        string text when Float().IsMatch(StringMethods.Strip(text, null, left: true, right: true)) =>
            OfFloatText(StringMethods.Strip(text, null, left: true, right: true).Replace("_", "", StringComparison.Ordinal)),
        string => null,
        Undefined missing => throw place.Error($"{missing.Description}, so 'float' cannot read it."),
        _ => Numbers.IsNumber(value) ? Numbers.Float(value, place) : null,
    };

    private static double OfFloatText(string text)
    {
        var unsigned = text.TrimStart('+', '-');
        if (unsigned.StartsWith('n') || unsigned.StartsWith('N')) return double.NaN;
        if (unsigned.StartsWith('i') || unsigned.StartsWith('I'))
            return text.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity;
        return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static object? Round(object? value, Arguments arguments)
    {
        var digits = (int)Math.Clamp(arguments.Integer(0, "precision", 0), -400, 400);
        var number = Number(value, arguments);
        var method = arguments.Text(1, "method") ?? "common";
        if (method is not ("common" or "ceil" or "floor"))
            throw arguments.Error($"the method of 'round' is '{Shortened.Of(method)}'; it must be common, ceil or floor.");
        if (method == "common" && number is not double)
            return digits >= 0 ? number : Numbers.Of(Numbers.Rounded(Numbers.Whole(number), -digits), arguments.Place);
        var real = Numbers.Float(number, arguments.Place);
        if (!double.IsFinite(real))
            return method == "common" ? real : throw arguments.Error("'round' needs a finite number for ceil and floor.");
        if (method == "common") return digits > 323 || real == 0 ? real : Rounded(real, digits);
        var scale = digits >= 0
            ? Numbers.Calculate("**", 10L, (long)digits, arguments.Place)
            : Numbers.Calculate("**", 10.0, (long)digits, arguments.Place);
        var scaled = Numbers.Float(Numbers.Calculate("*", number, scale, arguments.Place), arguments.Place);
        if (!double.IsFinite(scaled)) throw arguments.Error("a number is too large to be rounded to so many digits.");
        var whole = new BigInteger(method == "ceil" ? Math.Ceiling(scaled) : Math.Floor(scaled));
        return Numbers.Calculate("/", Numbers.Of(whole, arguments.Place), scale, arguments.Place);
    }

    private static double Rounded(double value, int digits)
    {
        var rounded = Numbers.Rounded(value, digits);
        var result = double.Parse(string.Create(CultureInfo.InvariantCulture, $"{rounded}e{-digits}"), CultureInfo.InvariantCulture);
        return rounded.IsZero ? Math.CopySign(0, value) : result;
    }

    private static object Number(object? value, Arguments arguments) => value switch
    {
        bool flag => flag ? 1L : 0L,
        _ when Numbers.IsNumber(value) => value!,
        _ => throw arguments.Error($"'{arguments.Callee}' needs a number; it is given {PythonText.TypeOf(value)}."),
    };

    private static Mapping MappingOf(object? value, Arguments arguments) => value as Mapping
        ?? throw arguments.Error($"'{arguments.Callee}' needs a mapping; it is given {PythonText.TypeOf(value)}.");

    [GeneratedRegex(@"[\p{L}\p{N}_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"([-\s({\[<]+)", RegexOptions.CultureInvariant)]
    private static partial Regex WordStarts();

    [GeneratedRegex(
        @"^(?<sign>[-+]?)(?<prefix>(0[xXoObB]_?)?)(?<digits>[0-9a-zA-Z]+(_[0-9a-zA-Z]+)*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"^[-+]?((\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)([eE][-+]?\d+(_\d+)*)?|inf|infinity|nan)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Float();
}
