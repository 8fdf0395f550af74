using System.Globalization;
using System.Numerics;
using System.Text;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>Values as Python's json.dumps writes them: the filter <c>tojson</c> of transformers.</summary>
/// <param name="indent">What a level is indented by; null writes all on one line.</param>
/// <param name="separators">Between items, and between a key and its value.</param>
/// <param name="sortKeys">Write keys in alphabetical order.</param>
/// <param name="ensureAscii">Write other characters as escapes.</param>
/// <param name="place">Where the filter stands.</param>
internal sealed class JsonText(string? indent, (string Item, string Key) separators, bool sortKeys, bool ensureAscii, Place place)
{
    private readonly StringBuilder _text = new();

    /// <summary>Writes a value with the filter's arguments.</summary>
    public static string Of(object? value, Arguments arguments)
    {
        var indent = arguments.Get(1, "indent") switch
        {
            null => null,
            string text => text,
            _ => new string(' ', (int)Math.Clamp(arguments.Integer(1, "indent", 0), 0, 100)),
        };
        var writer = new JsonText(
            indent, Separators(arguments, indent is null ? ", " : ","), arguments.Flag(3, "sort_keys"), arguments.Flag(0, "ensure_ascii"),
            arguments.Place);
        writer.Write(value, 0);
        return writer._text.ToString();
    }

    private static (string Item, string Key) Separators(Arguments arguments, string item)
    {
        if (arguments.Get(2, "separators") is not { } pair) return (item, ": ");
        return Operators.Items(pair, arguments.Place) is [string between, string behind]
            ? (between, behind)
            : throw arguments.Error("the separators of 'tojson' must be two strings: (',', ':').");
    }

    private void Write(object? value, int depth)
    {
        place.Deepen();
        switch (value)
        {
            case null: Append("null"); break;
            case bool flag: Append(flag ? "true" : "false"); break;
            case double number when !double.IsFinite(number): Append(OfNonFinite(number)); break;
            case long or BigInteger or double: Append(PythonText.OfNumber(value)); break;
            case string text: WriteString(text); break;
            case ListView: throw CannotWrite(value);
            case List<object?> or object?[]:
                WriteItems('[', ']', (IReadOnlyCollection<object?>)value, depth, item => Write(item, depth + 1)); break;
            case Mapping mapping: WriteItems('{', '}', Sorted(mapping), depth, pair => WriteMember(pair, depth)); break;
            default: throw CannotWrite(value);
        }
    }

    private ChatTemplateException CannotWrite(object? value) => place.Error(
        $"tojson cannot write {PythonText.TypeOf(value)}{(value is Undefined missing ? $": {missing.Description}" : "")}. " +
        "Give it a value.");

    private KeyValuePair<object?, object?>[] Sorted(Mapping mapping)
    {
        place.Step(mapping.Count);
        return sortKeys ? [.. Sorting.Stable([.. mapping.Pairs], (x, y) => Operators.Compare(x.Key, y.Key, place))] : [.. mapping.Pairs];
    }

    private void WriteMember(KeyValuePair<object?, object?> pair, int depth)
    {
        WriteString(pair.Key switch
        {
            string text => text,
            null => "null",
            bool flag => flag ? "true" : "false",
            double number when !double.IsFinite(number) => OfNonFinite(number),
            long or BigInteger or double => PythonText.OfNumber(pair.Key),
            _ => throw place.Error($"tojson cannot write {PythonText.TypeOf(pair.Key)} as a key. Use a string."),
        });
        Append(separators.Key);
        Write(pair.Value, depth + 1);
    }

    private void WriteItems<T>(char open, char close, IReadOnlyCollection<T> items, int depth, Action<T> write)
    {
        Append(open.ToString());
        var first = true;
        foreach (var item in items)
        {
            if (!first) Append(separators.Item);
            first = false;
            NewLine(depth + 1);
            write(item);
        }

        if (items.Count > 0) NewLine(depth);
        Append(close.ToString());
    }

    private void NewLine(int depth)
    {
        if (indent is null) return;
        place.Characters(1 + ((long)depth * indent.Length));
        _text.Append('\n').Insert(_text.Length, indent, depth);
    }

    private void WriteString(string text)
    {
        place.Characters(text.Length);
        _text.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                '\b' => _text.Append("\\b"),
                '\f' => _text.Append("\\f"),
                < ' ' => _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                > '~' when ensureAscii => _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => _text.Append(c),
            };
        }

        _text.Append('"');
    }

    private static string OfNonFinite(double number) => double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";

    private void Append(string text)
    {
        place.Characters(text.Length);
        _text.Append(text);
    }
}
