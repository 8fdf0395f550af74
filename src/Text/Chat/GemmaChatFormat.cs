using System.Text;
using System.Text.Json;

namespace LlmRabbitHoles.Chat;

/// <summary>
/// Gemma: no token of its own stands for a call. The prompt says how to write one: as a list of calls in Python. Calls in a block
/// <c>```tool_code</c>, one JSON object with a name and parameters, and a list of such objects are read, too.
/// </summary>
/// <remarks>Google, "Function calling with Gemma", https://ai.google.dev/gemma/docs/capabilities/function-calling.</remarks>
public sealed class GemmaChatFormat : ChatFormat
{
    private const string Fence = "```";

    private const string Instructions = """
        You have access to functions. If you decide to invoke any of the function(s), you MUST put it in the format of
        [func_name1(params_name1=params_value1, params_name2=params_value2...), func_name2(params)]

        You SHOULD NOT include any other text in the response if you call a function

        """;

    private static readonly string[] Openings = ["```tool_code", "```json"];

    /// <summary>A format with these marks of thoughts.</summary>
    public GemmaChatFormat(Marks? thought) => Thought = thought;

    /// <inheritdoc/>
    public override bool CanCall => true;

    /// <inheritdoc/>
    public override CallForm JsonCall => new("", "parameters", "");

    /// <inheritdoc/>
    public override ChatTurn Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var said = WithoutThought(text);
        var (answer, calls) = (new StringBuilder(), new List<ToolCall?>());
        foreach (var part in Parts(said))
        {
            if (CallsIn(part) is { } inBlock) calls.AddRange(inBlock);
            else answer.Append(part);
        }
        if (calls.Count == 0 && WholeCalls(said) is { } all) return new(text, ThoughtIn(text), "", all);
        return new(text, ThoughtIn(text), answer.ToString().Trim('\n'), calls);
    }

    /// <inheritdoc/>
    public override int CallStart(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.AsSpan().TrimStart() is ['[' or '{', ..]) return 0;
        var fence = answer.IndexOf(Fence, StringComparison.Ordinal);
        while (fence >= 0 && !Openings.Any(opening => MayBegin(answer.AsSpan(fence), opening)))
        {
            // The block of another language ends before one with a call begins.
            var end = answer.IndexOf(Fence, fence + Fence.Length, StringComparison.Ordinal);
            if (end < 0) return answer.Length;
            fence = answer.IndexOf(Fence, end + Fence.Length, StringComparison.Ordinal);
        }
        if (fence >= 0) return fence;
        return answer.Length - (answer.EndsWith("``", StringComparison.Ordinal) ? 2 : answer.EndsWith('`') ? 1 : 0);

        static bool MayBegin(ReadOnlySpan<char> text, string opening) =>
            text.StartsWith(opening, StringComparison.Ordinal) || opening.AsSpan().StartsWith(text, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    /// <remarks>Its templates know neither tools nor their results, and users and model take turns: results become the user's next turn.
    /// </remarks>
    public override IReadOnlyList<ChatMessage> Prepared(IReadOnlyList<ChatMessage> messages, IReadOnlyList<IToolSignature> tools)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(tools);
        var prepared = new List<ChatMessage>();
        foreach (var message in messages.Select(Plain))
        {
            if (prepared is [.., { Role: "user" } last] && message.Role == "user")
                prepared[^1] = last with { Content = $"{last.Content}\n{message.Content}" };
            else prepared.Add(message);
        }
        var first = prepared.FindIndex(message => message.Role == "user");
        if (tools.Count > 0 && first >= 0) prepared[first] = prepared[first] with { Content = Offer(tools) + prepared[first].Content };
        return prepared;
    }

    private static string Offer(IReadOnlyList<IToolSignature> tools)
    {
        var functions = ToolSchemas.Of(tools).Cast<Dictionary<string, object?>>().Select(tool => tool["function"]);
        return $"{Instructions}\n{JsonSerializer.Serialize(functions, Chat.ToolCall.Readable)}\n\n";
    }

    private static ChatMessage Plain(ChatMessage message) => message switch
    {
        { Role: "tool" } => new("user", $"```tool_output\n{message.Content}\n```"),
        { Role: "assistant", Extra: { } extra } when extra.GetValueOrDefault("tool_calls") is IEnumerable<object?> calls =>
            new("assistant", $"{message.Content}[{string.Join(", ", calls.Select(Written))}]"),
        _ => message,
    };

    private static string Written(object? call)
    {
        var function = JsonSerializer.SerializeToElement(call).GetProperty("function");
        var arguments = function.GetProperty("arguments").EnumerateObject().Select(one => $"{one.Name}={Python(one.Value)}");
        return $"{function.GetProperty("name").GetString()}({string.Join(", ", arguments)})";
    }

    private static string Python(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.Null => "None",
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Python))}]",
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().Select(one =>
            $"{JsonSerializer.Serialize(one.Name, Chat.ToolCall.Readable)}: {Python(one.Value)}"))}}}",
        _ => JsonSerializer.Serialize(value, Chat.ToolCall.Readable),
    };

    /// <summary>Blocks with their fences, and the texts between them.</summary>
    private static IEnumerable<string> Parts(string said)
    {
        var at = 0;
        while (said.IndexOf(Fence, at, StringComparison.Ordinal) is var fence && fence >= 0)
        {
            yield return said[at..fence];
            var end = said.IndexOf(Fence, fence + Fence.Length, StringComparison.Ordinal);
            at = end < 0 ? said.Length : end + Fence.Length;
            yield return said[fence..at];
        }
        yield return said[at..];
    }

    /// <returns>Null where a part is not meant as calls: it is shown to the user.</returns>
    private static IReadOnlyList<ToolCall?>? CallsIn(string part)
    {
        if (Openings.FirstOrDefault(opening => part.StartsWith(opening, StringComparison.Ordinal)) is not { } opening) return null;
        var block = part[opening.Length..];
        if (block.EndsWith(Fence, StringComparison.Ordinal)) block = block[..^Fence.Length];
        return WholeCalls(block) ?? (opening == Openings[0] ? PythonCalls.Lines(block) : null);
    }
}
