using System.Text;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>The methods of Python's strings. Places and lengths are counted in characters, not in halves of them.</summary>
internal static partial class StringMethods
{
    private delegate object? Method(string text, Arguments arguments);

    private static readonly Dictionary<string, (string[] Parameters, Method Call)> ByName = new()
    {
        ["strip"] = Of("chars", (text, a) => Strip(text, a.Text(0, "chars"), left: true, right: true)),
        ["lstrip"] = Of("chars", (text, a) => Strip(text, a.Text(0, "chars"), left: true, right: false)),
        ["rstrip"] = Of("chars", (text, a) => Strip(text, a.Text(0, "chars"), left: false, right: true)),
        ["split"] = Of("sep maxsplit", (text, a) => Split(text, a, fromRight: false)),
        ["rsplit"] = Of("sep maxsplit", (text, a) => Split(text, a, fromRight: true)),
        ["splitlines"] = Of("keepends", (text, a) => Items(SplitLines(text, a.Flag(0, "keepends")), a.Place)),
        ["partition"] = Of("sep", (text, a) => Partition(text, a, fromRight: false)),
        ["rpartition"] = Of("sep", (text, a) => Partition(text, a, fromRight: true)),
        ["startswith"] =
            Of("prefix start end", (text, a) => AnyOf(a, "prefix", prefix => Within(text, a).StartsWith(prefix, StringComparison.Ordinal))),
        ["endswith"] =
            Of("suffix start end", (text, a) => AnyOf(a, "suffix", suffix => Within(text, a).EndsWith(suffix, StringComparison.Ordinal))),
        ["replace"] = Of("old new count", (text, a) => Replace(
            text, a.RequireText(0, "old"), a.RequireText(1, "new"), a.Integer(2, "count", -1), a.Place)),
        ["removeprefix"] = Of(
            "prefix", (text, a) => a.RequireText(0, "prefix") is var part && text.StartsWith(part, StringComparison.Ordinal)
                ? text[part.Length..]
                : text),
        ["removesuffix"] = Of(
            "suffix", (text, a) => a.RequireText(0, "suffix") is var part && text.EndsWith(part, StringComparison.Ordinal)
                ? text[..^part.Length]
                : text),
        ["upper"] = Of("", (text, _) => Casing.Upper(text)),
        ["lower"] = Of("", (text, _) => Casing.Lower(text)),
        ["casefold"] = Of("", (text, _) => Casing.Lower(text).Replace("ß", "ss", StringComparison.Ordinal)),
        ["swapcase"] = Of("", (text, _) => string.Concat(
            text.EnumerateRunes().Select(rune => Rune.IsUpper(rune) ? Casing.Lower(rune.ToString()) : Casing.Upper(rune.ToString())))),
        ["title"] = Of("", (text, _) => Casing.Title(text)),
        ["capitalize"] = Of("", (text, _) => Casing.Capitalize(text)),
        ["find"] = Of("sub start end", (text, a) => Find(text, a, fromRight: false)),
        ["rfind"] = Of("sub start end", (text, a) => Find(text, a, fromRight: true)),
        ["index"] = Of("sub start end", (text, a) => Found(Find(text, a, fromRight: false), a)),
        ["rindex"] = Of("sub start end", (text, a) => Found(Find(text, a, fromRight: true), a)),
        ["count"] = Of("sub start end", (text, a) => Count(Within(text, a), a.RequireText(0, "sub"))),
        ["join"] = Of("iterable", (text, a) => Join(text, Strings(a), a.Place)),
        ["center"] = Of("width fillchar", (text, a) => Pad(text, a, (missing, width) => (missing / 2) + (missing & width & 1))),
        ["ljust"] = Of("width fillchar", (text, a) => Pad(text, a, (_, _) => 0)),
        ["rjust"] = Of("width fillchar", (text, a) => Pad(text, a, (missing, _) => missing)),
        ["zfill"] = Of("width", ZeroFill),
        ["isdigit"] = Of("", (text, _) => IsAll(text, Rune.IsDigit)),
        ["isdecimal"] = Of("", (text, _) => IsAll(text, Rune.IsDigit)),
        ["isnumeric"] = Of("", (text, _) => IsAll(text, Rune.IsNumber)),
        ["isalpha"] = Of("", (text, _) => IsAll(text, Rune.IsLetter)),
        ["isalnum"] = Of("", (text, _) => IsAll(text, rune => Rune.IsLetter(rune) || Rune.IsNumber(rune))),
        ["isascii"] = Of("", (text, _) => text.All(char.IsAscii)),
        ["isspace"] = Of("", (text, _) => text.Length > 0 && text.All(PythonText.IsSpace)),
        ["isupper"] = Of("", (text, _) => Casing.IsUpper(text)),
        ["islower"] = Of("", (text, _) => Casing.IsLower(text)),
    };

    /// <summary>The method of a name, or null. Reading the text once is counted, and what it gives.</summary>
    public static Callable? Find(string text, string name) =>
        !ByName.TryGetValue(name, out var method) ? null : new Callable(name, arguments =>
    {
        arguments.Place.Characters(text.Length);
        var result = method.Call(text, arguments.Checked(method.Parameters));
        return result is string made ? arguments.Place.Made(made) : result;
    });

    /// <summary>Takes characters off the ends; white space where none are named.</summary>
    public static string Strip(string text, string? characters, bool left, bool right)
    {
        var runes = characters?.EnumerateRunes().ToHashSet();
        var (start, end) = (0, text.Length);
        while (left && start < end && Belongs(Rune.DecodeFromUtf16(text.AsSpan(start, end - start), out var rune, out var length), rune))
            start += length;
        while (right
            && start < end && Belongs(Rune.DecodeLastFromUtf16(text.AsSpan(start, end - start), out var rune, out var length), rune))
            end -= length;
        return text[start..end];
        bool Belongs(System.Buffers.OperationStatus status, Rune rune) =>
            runes?.Contains(rune) ?? (status == System.Buffers.OperationStatus.Done && rune.IsBmp && PythonText.IsSpace((char)rune.Value));
    }

    /// <summary>Replaces the first <paramref name="count"/> places; all where it is negative.</summary>
    public static string Replace(string text, string old, string made, long count, Place place)
    {
        place.Characters(text.Length);
        var places = old.Length == 0 ? text.EnumerateRunes().Count() + 1 : Count(text, old);
        var replaced = count < 0 ? places : Math.Min(places, count);
        place.Characters(Math.Max(0, text.Length + (replaced * ((long)made.Length - old.Length))));
        return old.Length == 0 ? Insert(text, made, replaced) : ReplaceFirst(text, old, made, replaced);
    }

    /// <summary>Texts with another between them; their size is counted before they are joined.</summary>
    public static string Join(string separator, IReadOnlyList<string> texts, Place place)
    {
        place.Characters(texts.Sum(text => (long)text.Length) + ((long)separator.Length * Math.Max(0, texts.Count - 1)));
        return string.Join(separator, texts);
    }

    /// <summary>A text in the middle of spaces.</summary>
    public static string Center(string text, Arguments arguments) =>
        Pad(text, arguments, (missing, width) => (missing / 2) + (missing & width & 1));

    /// <summary>The lines, split where Python splits them: also at form feeds and Unicode's own separators.</summary>
    public static List<string> SplitLines(string text, bool keepEnds = false)
    {
        var lines = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\r' or '\v' or '\f' or (>= '\x1C' and <= '\x1E') or '\x85' or '\u2028' or '\u2029')) continue;
            var end = i;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
            lines.Add(text[start..(keepEnds ? i + 1 : end)]);
            start = i + 1;
        }

        if (start < text.Length) lines.Add(text[start..]);
        return lines;
    }

    private static (string[] Parameters, Method Call) Of(string parameters, Method call) => (Callable.Parameters(parameters), call);

    private static bool IsAll(string text, Func<Rune, bool> holds) => text.Length > 0 && text.EnumerateRunes().All(holds);

    private static string ReplaceFirst(string text, string old, string made, long count)
    {
        var result = new StringBuilder();
        var from = 0;
        for (; count > 0; count--)
        {
            var at = text.IndexOf(old, from, StringComparison.Ordinal);
            result.Append(text, from, at - from).Append(made);
            from = at + old.Length;
        }

        return result.Append(text, from, text.Length - from).ToString();
    }

    // Nothing stands before each character and at the end.
    private static string Insert(string text, string made, long count)
    {
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (count-- > 0) result.Append(made);
            result.Append(rune);
        }

        return count > 0 ? result.Append(made).ToString() : result.ToString();
    }

    // The part of a text that the arguments start and end name, as in a slice.
    private static string Within(string text, Arguments arguments) =>
        Bounds(text, arguments) is var (start, end) && start <= end ? text[start..end] : "";

    private static (int Start, int End) Bounds(string text, Arguments arguments)
    {
        var (start, end) = (arguments.Integer(1, "start", 0), arguments.Integer(2, "end", long.MaxValue));
        if (start == 0 && end == long.MaxValue) return (0, text.Length);
        var count = text.EnumerateRunes().Count();
        return (Offset(text, start, count), Offset(text, end, count));
    }

    private static int Offset(string text, long place, int count)
    {
        if (place < 0) place = Math.Max(0, place + count);
        return place > count ? text.Length : text.EnumerateRunes().Take((int)place).Sum(rune => rune.Utf16SequenceLength);
    }

    private static long Find(string text, Arguments arguments, bool fromRight)
    {
        var part = arguments.RequireText(0, "sub");
        var (start, end) = Bounds(text, arguments);
        if (start > end || arguments.Integer(1, "start", 0) > text.Length) return -1;
        var at = fromRight
            ? text[start..end].LastIndexOf(part, StringComparison.Ordinal)
            : text[start..end].IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? -1 : text[..(start + at)].EnumerateRunes().Count();
    }

    private static long Found(long place, Arguments arguments) =>
        place < 0 ? throw arguments.Error($"the string doesn't hold what {arguments.Callee} looks for.") : place;

    private static long Count(string text, string part)
    {
        if (part.Length == 0) return text.EnumerateRunes().Count() + 1;
        long count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
            count++;
        return count;
    }

    private static bool AnyOf(Arguments arguments, string name, Func<string, bool> holds) => arguments.Require(0, name) switch
    {
        string part => holds(part),
        object?[] parts => parts.Any(part => part is string text ? holds(text) : throw NoText(part, arguments)),
        var other => throw NoText(other, arguments),
    };

    private static ChatTemplateException NoText(object? value, Arguments arguments) =>
        arguments.Error($"'{arguments.Callee}' needs a string or a tuple of strings; it is given {PythonText.TypeOf(value)}.");

    private static string[] Strings(Arguments arguments) =>
        [.. Operators.Items(arguments.Require(0, "iterable"), arguments.Place).Select(item => item as string
            ?? throw arguments.Error($"'join' joins strings; it is given {PythonText.TypeOf(item)}. Use the filter join."))];

    private static string Pad(string text, Arguments arguments, Func<long, long, long> left)
    {
        var (width, fill) = (arguments.Integer(0, "width", 80), arguments.Text(1, "fillchar") ?? " ");
        if (fill.EnumerateRunes().Count() != 1)
            throw arguments.Error($"'{arguments.Callee}' fills with one character; it is given '{Shortened.Of(fill)}'.");
        var missing = width - text.EnumerateRunes().Count();
        if (missing <= 0) return text;
        arguments.Place.Characters(missing);
        var before = left(missing, width);
        return Operators.Repeat(fill, (int)before) + text + Operators.Repeat(fill, (int)(missing - before));
    }

    private static string ZeroFill(string text, Arguments arguments)
    {
        if (arguments.Require(0, "width") is null) throw arguments.Error("'zfill' needs a whole number.");
        var missing = arguments.Integer(0, "width", 0) - text.EnumerateRunes().Count();
        if (missing <= 0) return text;
        arguments.Place.Characters(missing);
        var sign = text.StartsWith('-') || text.StartsWith('+') ? 1 : 0;
        return text[..sign] + new string('0', (int)missing) + text[sign..];
    }

    private static object?[] Partition(string text, Arguments arguments, bool fromRight)
    {
        var separator = Separator(arguments.RequireText(0, "sep"), arguments);
        var at = fromRight ? text.LastIndexOf(separator, StringComparison.Ordinal) : text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0) return fromRight ? ["", "", text] : [text, "", ""];
        return [text[..at], separator, text[(at + separator.Length)..]];
    }

    private static string Separator(string separator, Arguments arguments) =>
        separator.Length > 0 ? separator : throw arguments.Error($"the separator of {arguments.Callee} must not be empty.");

    private static List<object?> Items(List<string> parts, Place place)
    {
        place.Step(parts.Count);
        return [.. parts];
    }

    private static List<object?> Split(string text, Arguments arguments, bool fromRight)
    {
        var (separator, most) = (arguments.Text(0, "sep"), arguments.Integer(1, "maxsplit", -1));
        var splits = most < 0 ? int.MaxValue : (int)Math.Min(most, int.MaxValue);
        if (separator is not null) Separator(separator, arguments);
        var parts = separator is null ? Words(text, splits, fromRight) : Parts(text, separator, splits, fromRight);
        return Items(parts, arguments.Place);
    }

    private static List<string> Parts(string text, string separator, int splits, bool fromRight)
    {
        var parts = new List<string>();
        var (start, end) = (0, text.Length);
        for (; splits > 0; splits--)
        {
            var at = fromRight ? text.AsSpan(0, end).LastIndexOf(separator) : text.IndexOf(separator, start, StringComparison.Ordinal);
            if (at < 0) break;
            parts.Add(fromRight ? text[(at + separator.Length)..end] : text[start..at]);
            if (fromRight) end = at;
            else start = at + separator.Length;
        }

        parts.Add(text[start..end]);
        if (fromRight) parts.Reverse();
        return parts;
    }

    // Each run of white space is one split; what is left over keeps the white space at its far end.
    private static List<string> Words(string text, int splits, bool fromRight)
    {
        if (fromRight) return [.. Words(Reversed(text), splits, fromRight: false).Select(Reversed).Reverse()];
        var words = new List<string>();
        var start = 0;
        while (true)
        {
            while (start < text.Length && PythonText.IsSpace(text[start])) start++;
            if (start == text.Length) return words;
            var end = start;
            while (end < text.Length && (words.Count == splits || !PythonText.IsSpace(text[end]))) end++;
            words.Add(text[start..end]);
            start = end;
        }
    }

    private static string Reversed(string text) => string.Concat(text.Reverse());
}
