using System.Globalization;
using System.Text;

namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>The methods of Python's strings.</summary>
internal static class StringMethods
{
    /// <summary>The method of a name, or null.</summary>
    public static Callable? Find(string text, string name)
    {
        Func<Arguments, object?>? method = name switch
        {
            "strip" => arguments => Strip(text, arguments.Text(0, "chars"), left: true, right: true),
            "lstrip" => arguments => Strip(text, arguments.Text(0, "chars"), left: true, right: false),
            "rstrip" => arguments => Strip(text, arguments.Text(0, "chars"), left: false, right: true),
            "split" => arguments => Split(text, arguments.Text(0, "sep"), arguments.Integer(1, "maxsplit", -1), arguments),
            "rsplit" => arguments => SplitFromRight(text, arguments.Text(0, "sep"), arguments.Integer(1, "maxsplit", -1), arguments),
            "splitlines" => _ => SplitLines(text),
            "startswith" => arguments => AnyOf(arguments, prefix => text.StartsWith(prefix, StringComparison.Ordinal)),
            "endswith" => arguments => AnyOf(arguments, suffix => text.EndsWith(suffix, StringComparison.Ordinal)),
            "replace" => arguments => Replace(text, arguments.Text(0, "old") ?? "", arguments.Text(1, "new") ?? "", arguments.Integer(2, "count", -1)),
            "removeprefix" => arguments => arguments.Text(0, "prefix") is { } part && text.StartsWith(part, StringComparison.Ordinal) ? text[part.Length..] : text,
            "removesuffix" => arguments => arguments.Text(0, "suffix") is { } part && text.EndsWith(part, StringComparison.Ordinal) ? text[..^part.Length] : text,
            "upper" => _ => text.ToUpperInvariant(),
            "lower" => _ => text.ToLowerInvariant(),
            "title" => _ => Title(text),
            "capitalize" => _ => Capitalize(text),
            "find" => arguments => (long)text.IndexOf(arguments.Text(0, "sub") ?? "", StringComparison.Ordinal),
            "rfind" => arguments => (long)text.LastIndexOf(arguments.Text(0, "sub") ?? "", StringComparison.Ordinal),
            "count" => arguments => (long)Count(text, arguments.Text(0, "sub") ?? ""),
            "join" => arguments => string.Join(text, Operators.Items(arguments.Require(0, "iterable"), arguments.Line).Select(PythonText.Of)),
            "isdigit" or "isnumeric" or "isdecimal" => _ => text.Length > 0 && text.All(char.IsDigit),
            "isalpha" => _ => text.Length > 0 && text.All(char.IsLetter),
            "isalnum" => _ => text.Length > 0 && text.All(char.IsLetterOrDigit),
            "isspace" => _ => text.Length > 0 && text.All(char.IsWhiteSpace),
            "isupper" => _ => text.Any(char.IsLetter) && !text.Any(char.IsLower),
            "islower" => _ => text.Any(char.IsLetter) && !text.Any(char.IsUpper),
            _ => null,
        };
        return method == null ? null : new Callable(name, method);
    }

    /// <summary>Takes characters off the ends; white space where none are named.</summary>
    public static string Strip(string text, string? characters, bool left, bool right)
    {
        var span = text.AsSpan();
        if (left) span = characters == null ? span.TrimStart() : span.TrimStart(characters);
        if (right) span = characters == null ? span.TrimEnd() : span.TrimEnd(characters);
        return span.ToString();
    }

    /// <summary>Replaces the first <paramref name="count"/> places; all where it is negative.</summary>
    public static string Replace(string text, string old, string made, long count)
    {
        if (count < 0 && old.Length > 0) return text.Replace(old, made, StringComparison.Ordinal);
        var result = new StringBuilder();
        var from = 0;
        for (; count != 0; count--)
        {
            var at = old.Length > 0 ? text.IndexOf(old, from, StringComparison.Ordinal) : from;
            if (at < 0) break;
            result.Append(text, from, at - from).Append(made);
            from = at + old.Length;
            if (old.Length > 0) continue;
            if (from == text.Length) break;
            result.Append(text[from++]); // nothing stands before each character and at the end
        }

        return result.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Each word with a capital.</summary>
    public static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var inWord = false;
        foreach (var c in text)
        {
            result.Append(inWord ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c));
            inWord = char.IsLetter(c);
        }

        return result.ToString();
    }

    /// <summary>A capital, and small letters after it.</summary>
    public static string Capitalize(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    private static int Count(string text, string part)
    {
        if (part.Length == 0) return new StringInfo(text).LengthInTextElements + 1;
        var count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal)) count++;
        return count;
    }

    private static bool AnyOf(Arguments arguments, Func<string, bool> holds) => arguments.Require(0, "prefix") switch
    {
        string part => holds(part),
        object?[] parts => parts.OfType<string>().Any(holds),
        var other => throw arguments.Error($"'{arguments.Callee}' needs a string or a tuple of strings; it is given {PythonText.TypeOf(other)}."),
    };

    private static List<object?> Split(string text, string? separator, long most, Arguments arguments)
    {
        if (separator == null) return SplitWords(text, most);
        if (separator.Length == 0) throw arguments.Error("the separator of split must not be empty.");
        return [.. most < 0 ? text.Split(separator) : text.Split(separator, (int)Math.Min(most + 1, int.MaxValue))];
    }

    private static List<object?> SplitWords(string text, long most)
    {
        var words = new List<object?>();
        var rest = text.TrimStart();
        while (rest.Length > 0)
        {
            var end = 0;
            while (end < rest.Length && !char.IsWhiteSpace(rest[end])) end++;
            if (end == rest.Length || words.Count == most)
            {
                words.Add(rest.TrimEnd());
                break;
            }

            words.Add(rest[..end]);
            rest = rest[end..].TrimStart();
        }

        return words;
    }

    private static List<object?> SplitFromRight(string text, string? separator, long most, Arguments arguments)
    {
        if (most < 0 || separator == null) return Split(text, separator, most, arguments);
        if (separator.Length == 0) throw arguments.Error("the separator of rsplit must not be empty.");
        var parts = text.Split(separator);
        var joined = Math.Max(0, parts.Length - 1 - (int)Math.Min(most, parts.Length));
        return [string.Join(separator, parts[..(joined + 1)]), .. parts[(joined + 1)..]];
    }

    private static List<object?> SplitLines(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r');
        return [.. lines.Length > 0 && lines[^1].Length == 0 ? lines[..^1] : lines];
    }
}
