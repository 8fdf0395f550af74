using System.Globalization;
using System.Text;

namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>Values as Python's json.dumps writes them: the filter <c>tojson</c> of transformers.</summary>
/// <param name="indent">Spaces a level; null writes all on one line.</param>
/// <param name="separators">Between items, and between a key and its value.</param>
/// <param name="sortKeys">Write keys in alphabetical order.</param>
/// <param name="ensureAscii">Write other characters as escapes.</param>
internal sealed class JsonText(string? indent, (string Item, string Key) separators, bool sortKeys, bool ensureAscii)
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
        var separators = arguments.Get(2, "separators") is { } pair && Operators.Items(pair, arguments.Line).ToArray() is [string item, string key]
            ? (item, key)
            : (indent == null ? ", " : ",", ": ");
        var writer = new JsonText(indent, separators, arguments.Flag(3, "sort_keys"), arguments.Flag(0, "ensure_ascii"));
        writer.Write(value, 0, arguments);
        return writer._text.ToString();
    }

    private void Write(object? value, int depth, Arguments arguments)
    {
        switch (value)
        {
            case null: _text.Append("null"); break;
            case bool flag: _text.Append(flag ? "true" : "false"); break;
            case double number when !double.IsFinite(number): _text.Append(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity"); break;
            case long or double: _text.Append(PythonText.Of(value)); break;
            case string text: WriteString(text); break;
            case List<object?> or object?[]: WriteItems('[', ']', (IReadOnlyCollection<object?>)value, depth, item => Write(item, depth + 1, arguments)); break;
            case Mapping mapping: WriteItems('{', '}', Sorted(mapping), depth, pair => WriteMember(pair, depth, arguments)); break;
            default: throw arguments.Error($"tojson cannot write {PythonText.TypeOf(value)}{(value is Undefined missing ? $": {missing.Description}" : "")}. Give it a value.");
        }
    }

    private KeyValuePair<object, object?>[] Sorted(Mapping mapping) =>
        sortKeys ? [.. mapping.OrderBy(pair => PythonText.Of(pair.Key), StringComparer.Ordinal)] : [.. mapping];

    private void WriteMember(KeyValuePair<object, object?> pair, int depth, Arguments arguments)
    {
        WriteString(pair.Key is bool flag ? (flag ? "true" : "false") : PythonText.Of(pair.Key));
        _text.Append(separators.Key);
        Write(pair.Value, depth + 1, arguments);
    }

    private void WriteItems<T>(char open, char close, IReadOnlyCollection<T> items, int depth, Action<T> write)
    {
        _text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) _text.Append(separators.Item);
            first = false;
            NewLine(depth + 1);
            write(item);
        }

        if (items.Count > 0) NewLine(depth);
        _text.Append(close);
    }

    private void NewLine(int depth)
    {
        if (indent == null) return;
        _text.Append('\n');
        for (var i = 0; i < depth; i++) _text.Append(indent);
    }

    private void WriteString(string text)
    {
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
}
