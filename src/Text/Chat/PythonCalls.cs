using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Chat;

/// <summary>Reads calls that a model wrote in Python: <c>print(f(a="x", b=2))</c>, <c>y = f(a=1)</c> or <c>[f(a=1), g()]</c>. Nothing is
/// run: arguments are named, and their values are literals.</summary>
/// <remarks>Python 3, "The Python Language Reference", sections 2.4 (literals) and 6.3.4 (calls).</remarks>
internal sealed class PythonCalls
{
    private const int DeepestNesting = 64;

    private readonly string _code;
    private int _at;
    private int _depth;

    private PythonCalls(string code) => _code = code;

    /// <summary>The calls of a list.</summary>
    /// <param name="code">Such as <c>[f(a=1), g()]</c>.</param>
    /// <returns>Null if the text is not a list of calls.</returns>
    public static IReadOnlyList<ToolCall>? List(string code) => Read(code, reader =>
    {
        var calls = reader.Items('[', ']', reader.Call);
        reader.SkipBlanks();
        return reader._at == code.Length && calls.Count > 0 ? calls : throw new FormatException();
    });

    /// <summary>The calls of a piece of code, one or more in each line.</summary>
    /// <param name="code">Calls, alone, printed, in lists or assigned to a name. Lines that only print such a name, comments and blank
    /// lines are passed over.</param>
    /// <returns>Null stands for a line that is something else.</returns>
    public static IReadOnlyList<ToolCall?> Lines(string code)
    {
        var calls = new List<ToolCall?>();
        var reader = new PythonCalls(code);
        while (reader.SkipBlanks())
        {
            var start = reader._at;
            try
            {
                calls.AddRange(reader.Statement());
            }
            catch (FormatException)
            {
                if (calls is not [.., null]) calls.Add(null);
                reader._at = start;
                reader.SkipLine();
            }
        }
        return calls;
    }

    private static T? Read<T>(string code, Func<PythonCalls, T> read) where T : class
    {
        try
        {
            return read(new PythonCalls(code));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private IReadOnlyList<ToolCall> Statement()
    {
        _depth = 0;
        var start = _at;
        if (Peek == '[') return Ended(Items('[', ']', Call));
        var name = Name();
        SkipBlanks();
        if (Peek == '=' && Ahead(1) != '=')
        {
            _at++;
            SkipBlanks();
            return Ended([Call()]);
        }
        _at = start;
        return name == "print" ? Ended(Printed()) : Ended([Call()]);
    }

    // What is printed is a call, some calls, or a value that an earlier line has made.
    private IReadOnlyList<ToolCall> Printed()
    {
        Name();
        return [.. Items('(', ')', () =>
        {
            var start = _at;
            if (Peek is '"' or '\'') return Passed(Text);
            Name();
            SkipBlanks();
            if (Peek != '(') return null;
            _at = start;
            return Call();
        }).OfType<ToolCall>()];

        static ToolCall? Passed(Func<string> read)
        {
            read();
            return null;
        }
    }

    private IReadOnlyList<ToolCall> Ended(IReadOnlyList<ToolCall> calls)
    {
        while (Peek is ' ' or '\t') _at++;
        if (Peek == ';')
        {
            _at++;
            return calls;
        }
        if (Peek == '#') SkipLine();
        return Peek is '\n' or '\r' or '\0' ? calls : throw new FormatException();
    }

    private ToolCall Call()
    {
        var name = Name();
        // Llama's own tools are called as methods: brave_search.call(query="...").
        if (name.EndsWith(".call", StringComparison.Ordinal)) name = name[..^".call".Length];
        SkipBlanks();
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        Items('(', ')', () =>
        {
            var key = Name();
            SkipBlanks();
            Take('=');
            SkipBlanks();
            var value = Value();
            if (!arguments.TryAdd(key, value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : Shown(value)))
                throw new FormatException();
            return key;
        });
        return new ToolCall(name, arguments);
    }

    private static string Shown(JsonNode? value) => value?.ToJsonString(ToolCall.Readable) ?? "null";

    private List<T> Items<T>(char open, char close, Func<T> read)
    {
        if (++_depth > DeepestNesting) throw new FormatException();
        Take(open);
        var items = new List<T>();
        for (SkipBlanks(); Peek != close; SkipBlanks())
        {
            items.Add(read());
            SkipBlanks();
            if (Peek != close) Take(',');
        }
        _at++;
        _depth--;
        return items;
    }

    private JsonNode? Value() => Peek switch
    {
        '"' or '\'' => JsonValue.Create(Text()),
        '[' => new JsonArray([.. Items('[', ']', Value)]),
        '(' => new JsonArray([.. Items('(', ')', Value)]),
        '{' => Mapping(),
        '-' or '+' or '.' or (>= '0' and <= '9') => Number(),
        _ => Name() switch
        {
            "True" or "true" => JsonValue.Create(true),
            "False" or "false" => JsonValue.Create(false),
            "None" or "null" => null,
            _ => throw new FormatException(),
        },
    };

    private JsonObject Mapping()
    {
        var json = new JsonObject();
        Items('{', '}', () =>
        {
            var key = Text();
            SkipBlanks();
            Take(':');
            SkipBlanks();
            json[key] = Value();
            return key;
        });
        return json;
    }

    private JsonNode Number()
    {
        var start = _at;
        while (Peek is '-' or '+' or '.' or '_' or 'e' or 'E' or (>= '0' and <= '9')) _at++;
        var written = _code[start.._at].Replace("_", "", StringComparison.Ordinal);
        if (!double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            throw new FormatException();
        // 1.50 stays 1.50; .5 and +5, which JSON does not know, become 0.5 and 5.
        return JsonNode.Parse(IsJson(written) ? written : number.ToString("R", CultureInfo.InvariantCulture))!;
    }

    private static bool IsJson(string number)
    {
        try
        {
            return JsonNode.Parse(number) is not null;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private string Text()
    {
        var quote = Peek;
        if (quote is not ('"' or '\'')) throw new FormatException();
        var mark = _code.AsSpan(_at).StartsWith(new string(quote, 3)) ? new string(quote, 3) : quote.ToString();
        _at += mark.Length;
        var text = new StringBuilder();
        while (!_code.AsSpan(_at).StartsWith(mark))
        {
            if (Peek == '\0' || (mark.Length == 1 && Peek is '\n')) throw new FormatException();
            if (Peek == '\\') Escape(text);
            else text.Append(_code[_at++]);
        }
        _at += mark.Length;
        var said = text.ToString();
        return IsWhole(said) ? said : throw new FormatException();
    }

    private void Escape(StringBuilder text)
    {
        var next = Ahead(1);
        _at += 2;
        switch (next)
        {
            case 'n': text.Append('\n'); break;
            case 't': text.Append('\t'); break;
            case 'r': text.Append('\r'); break;
            case '\n': break;
            case '\\' or '\'' or '"': text.Append(next); break;
            case 'x': text.Append((char)Hex(2)); break;
            case 'u': text.Append((char)Hex(4)); break;
            case 'U': text.Append(Rune.TryCreate(Hex(8), out var rune) ? rune.ToString() : throw new FormatException()); break;
            case '\0': throw new FormatException();
            default: text.Append('\\').Append(next); break;    // as Python leaves it
        }
    }

    private int Hex(int digits)
    {
        if (_at + digits > _code.Length
            || !int.TryParse(_code.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw new FormatException();
        _at += digits;
        return value;
    }

    // Half of a character cannot be sent on.
    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }

    private string Name()
    {
        var start = _at;
        while (char.IsLetterOrDigit(Peek) || Peek is '_' or '.') _at++;
        return _at > start && !char.IsDigit(_code[start]) && _code[start] != '.' ? _code[start.._at] : throw new FormatException();
    }

    private void Take(char expected)
    {
        if (Peek != expected) throw new FormatException();
        _at++;
    }

    private char Peek => Ahead(0);

    private char Ahead(int count) => _at + count < _code.Length ? _code[_at + count] : '\0';

    /// <returns>Whether something is left.</returns>
    private bool SkipBlanks()
    {
        for (; _at < _code.Length; _at++)
        {
            if (Peek == '#') SkipLine();
            if (_at < _code.Length && !char.IsWhiteSpace(_code[_at])) return true;
        }
        return false;
    }

    private void SkipLine()
    {
        while (_at < _code.Length && _code[_at] != '\n') _at++;
    }
}
