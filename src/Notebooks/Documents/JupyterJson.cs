using System.Text;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Notebooks.Documents;

/// <summary>JSON as Jupyter writes it: keys in ordinal order, one space per level, and only necessary escapes.</summary>
/// <remarks>
/// System.Text.Json escapes characters beyond the basic plane (every emoji), which would touch lines that a run did not change.
/// </remarks>
internal static class JupyterJson
{
    public static string Serialize(JsonNode root)
    {
        var text = new StringBuilder();
        Write(text, root, 0);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject json:
                var sorted = json.OrderBy(pair => pair.Key, StringComparer.Ordinal);
                WriteAll(text, '{', '}', sorted, depth, pair =>
                {
                    WriteString(text, pair.Key);
                    text.Append(": ");
                    Write(text, pair.Value, depth + 1);
                });
                break;
            case JsonArray array:
                WriteAll(text, '[', ']', array, depth, item => Write(text, item, depth + 1));
                break;
            case JsonValue value when value.TryGetValue<string>(out var s):
                WriteString(text, s);
                break;
            default:
                text.Append(node.ToJsonString());
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder text, char open, char close, IEnumerable<T> items, int depth, Action<T> write)
    {
        text.Append(open);
        var any = false;
        foreach (var item in items)
        {
            text.Append(any ? ",\n" : "\n").Append(' ', depth + 1);
            write(item);
            any = true;
        }

        if (any)
            text.Append('\n').Append(' ', depth);
        text.Append(close);
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append("\\u").Append(((int)c).ToString("x4")),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
