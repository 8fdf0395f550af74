using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Chat;

/// <summary>What stands before and behind a part of a turn.</summary>
/// <param name="Open">Begins it.</param>
/// <param name="Close">Ends it; null: the end of the turn does.</param>
public sealed record Marks(string Open, string? Close)
{
    /// <summary>The parts of a text that stand between the marks. A part that is not closed ends where the next begins.</summary>
    internal IEnumerable<string> Between(string text)
    {
        for (var at = 0; (at = text.IndexOf(Open, at, StringComparison.Ordinal)) >= 0;)
        {
            var (end, next) = EndOf(text, at);
            yield return text[(at + Open.Length)..end];
            at = next;
        }
    }

    /// <summary>The text without these parts and their marks.</summary>
    internal string Without(string text)
    {
        for (int start; (start = text.IndexOf(Open, StringComparison.Ordinal)) >= 0;)
            text = text[..start] + text[EndOf(text, start).Next..];
        return text;
    }

    /// <summary>From where on the end of a text may be a part, be it that its mark has only begun; the text's length where nothing may.
    /// </summary>
    internal int StartIn(string text)
    {
        if (text.IndexOf(Open, StringComparison.Ordinal) is var start and >= 0) return start;
        var begun = Math.Min(text.Length, Open.Length - 1);
        while (begun > 0 && !text.AsSpan().EndsWith(Open.AsSpan(0, begun), StringComparison.Ordinal)) begun--;
        return text.Length - begun;
    }

    private (int End, int Next) EndOf(string text, int start)
    {
        var open = text.IndexOf(Open, start + Open.Length, StringComparison.Ordinal) is var found && found < 0 ? text.Length : found;
        var close = Close is null ? -1 : text.IndexOf(Close, start + Open.Length, StringComparison.Ordinal);
        return close < 0 || close > open ? (open, open) : (close, close + Close!.Length);
    }
}

/// <summary>How a call is written in JSON: a text before it, an object with "name" and the arguments, a text behind it.</summary>
/// <param name="Before">Begins it; marks may be in it.</param>
/// <param name="Arguments">What the object calls the arguments.</param>
/// <param name="After">Ends it; if both texts are empty, the turn is the call.</param>
public sealed record CallForm(string Before, string Arguments, string After);

/// <summary>A turn of a model, read.</summary>
/// <param name="Text">As the model wrote it.</param>
/// <param name="Thought">What it thought; empty if nothing.</param>
/// <param name="Answer">What is left for the user.</param>
/// <param name="Calls">The tools it calls; null for a call that is not valid JSON.</param>
public sealed record ChatTurn(string Text, string Thought, string Answer, IReadOnlyList<ToolCall?> Calls);

/// <summary>How a family of models writes thoughts and tool calls. A checkpoint's tokens say which way is its own.</summary>
public abstract class ChatFormat
{
    /// <summary>Around a thought; null: the model marks none.</summary>
    public Marks? Thought { get; private protected init; }

    /// <summary>Around a tool call; null: the model has no mark for it.</summary>
    public Marks? ToolCall { get; private protected init; }

    /// <summary>How the model can be made to call a tool; null where it cannot call. The default puts JSON between the marks.</summary>
    public virtual CallForm? JsonCall => ToolCall is null ? null : new(ToolCall.Open, "arguments", ToolCall.Close ?? "");

    /// <summary>Whether the model can call tools.</summary>
    public virtual bool CanCall => ToolCall is not null;

    /// <summary>The format of the checkpoint with this tokenizer.</summary>
    public static ChatFormat Of(Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        bool Has(string token) => tokenizer.IdOf(token) is not null;
        Marks? Find(params string[] names) =>
            names.SelectMany(name => new[]
            {
                new Marks($"<{name}>", $"</{name}>"), new Marks($"<|{name}|>", $"<|/{name}|>"), new Marks($"[{name}]", $"[/{name}]"),
            }).FirstOrDefault(marks => Has(marks.Open) && Has(marks.Close!));
        var thought = Find("think", "THINK");
        // SmolLM3 and Hermes have Llama's tokens, too, and do not use them.
        return Has("[TOOL_CALLS]") ? new MistralChatFormat(thought)
            : Find("tool_call") is { } call ? new MarkedChatFormat(thought, call, Find("code"))
            : Has("<|python_tag|>") ? new Llama3ChatFormat(thought)
            : Has("<start_of_turn>") && Has("<end_of_turn>") ? new GemmaChatFormat(thought)
            : new MarkedChatFormat(thought, toolCall: null);
    }

    /// <summary>Takes a turn apart.</summary>
    /// <param name="text">All that the model wrote, marks included, without the token that ended the turn.</param>
    public abstract ChatTurn Read(string text);

    /// <summary>The turn as the conversation goes on from it.</summary>
    public virtual ChatMessage Said(ChatTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return new ChatMessage("assistant", turn.Text);
    }

    /// <summary>The result of a tool call as the model reads it.</summary>
    /// <param name="call">What was called; null where the call could not be read.</param>
    /// <param name="index">Of the call in its turn, from 0.</param>
    /// <param name="result">What the tool gave.</param>
    public virtual ChatMessage Result(ToolCall? call, int index, string result) => new("tool", result);

    /// <summary>From where on an answer that is still being written may be a call, so that it is not shown yet. The default looks for the
    /// mark of a call, which a model may also spell.</summary>
    /// <param name="answer">What the model wrote so far, without thoughts and without what stands between marks.</param>
    /// <returns>An index in the answer; its length where nothing of it can be a call.</returns>
    public virtual int CallStart(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return ToolCall?.StartIn(answer) ?? answer.Length;
    }

    /// <summary>The conversation for a chat template that does not know tools. The default changes nothing.</summary>
    /// <param name="messages">From the first to the last turn.</param>
    /// <param name="tools">What the model may call.</param>
    public virtual IReadOnlyList<ChatMessage> Prepared(IReadOnlyList<ChatMessage> messages, IReadOnlyList<IToolSignature> tools) =>
        messages;

    private protected string WithoutMarks(string text)
    {
        text = WithoutThought(text);
        return (ToolCall?.Without(text) ?? text).Trim('\n');
    }

    private protected string WithoutThought(string text) => Thought?.Without(Opened(text)) ?? text;

    // A template may have opened the thought in the prompt; then only its end is in the turn.
    private string Opened(string text) => Thought is { Close: { } close } && text.IndexOf(close, StringComparison.Ordinal) is var end
        && end >= 0 && !text.AsSpan(0, end).Contains(Thought.Open, StringComparison.Ordinal) ? Thought.Open + text : text;

    /// <returns>Null where a text as a whole is not calls.</returns>
    private protected static IReadOnlyList<ToolCall>? WholeCalls(string text) => text.Trim() switch
    {
        ['{', ..] => Known(Chat.ToolCall.ParseSequence(text)),
        ['[', ..] => Known(Chat.ToolCall.ParseList(text)) ?? PythonCalls.List(text.Trim()),
        _ => null,
    };

    private static ToolCall[]? Known(IReadOnlyList<ToolCall?> calls) =>
        calls.Count > 0 && calls.All(call => call is not null) ? [.. calls.OfType<ToolCall>()] : null;

    private protected string ThoughtIn(string text) => Thought?.Between(Opened(text)).FirstOrDefault("") ?? "";
}

/// <summary>Between two marks one JSON object, as in Alice, Qwen, Hermes and SmolLM3, or a list of them, as in Phi-4-mini.</summary>
/// <remarks>SmolLM3 is also asked for calls in Python, between marks of code. Code without a call is part of the answer.</remarks>
public sealed class MarkedChatFormat : ChatFormat
{
    private readonly Marks? _code;

    /// <summary>A format with these marks.</summary>
    /// <param name="thought">Around a thought; null: none.</param>
    /// <param name="toolCall">Around calls in JSON; null: none.</param>
    /// <param name="code">Around calls in Python. Default null: none.</param>
    public MarkedChatFormat(Marks? thought, Marks? toolCall, Marks? code = null) => (Thought, ToolCall, _code) = (thought, toolCall, code);

    /// <inheritdoc/>
    public override ChatTurn Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (said, answer) = (WithoutThought(text), WithoutMarks(text));
        ToolCall?[] calls = [.. ToolCall?.Between(said).SelectMany(Calls) ?? []];
        if (calls.Length > 0 || _code is null) return new(text, ThoughtIn(text), answer, calls);
        var blocks = _code.Between(said).Select(PythonCalls.Lines).ToArray();
        return blocks.Any(block => block.Any(call => call is not null))
            ? new(text, ThoughtIn(text), _code.Without(answer).Trim('\n'), [.. blocks.SelectMany(block => block)])
            : new(text, ThoughtIn(text), answer, []);
    }

    /// <inheritdoc/>
    public override int CallStart(string answer) =>
        Math.Min(base.CallStart(answer), _code?.StartIn(answer) ?? answer.Length);

    private static IReadOnlyList<ToolCall?> Calls(string json) =>
        json.AsSpan().TrimStart().StartsWith('[') ? Chat.ToolCall.ParseList(json) : Chat.ToolCall.ParseSequence(json);
}

/// <summary>Llama 3: the whole turn is calls, where tools are offered, perhaps behind <c>&lt;|python_tag|&gt;</c>: JSON objects, or a list
/// in Python.</summary>
/// <remarks>Its objects say "parameters" where others say "arguments". The Python lists are those of Llama 3.2 and 4.</remarks>
public sealed class Llama3ChatFormat : ChatFormat
{
    /// <summary>A format with these marks of thoughts.</summary>
    public Llama3ChatFormat(Marks? thought) => (Thought, ToolCall) = (thought, new Marks("<|python_tag|>", Close: null));

    /// <inheritdoc/>
    public override CallForm JsonCall => new("", "parameters", "");

    /// <inheritdoc/>
    public override int CallStart(string answer) => answer.AsSpan().TrimStart() is ['{' or '[', ..] ? 0 : base.CallStart(answer);

    /// <inheritdoc/>
    public override ChatTurn Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var said = WithoutThought(text);
        if (ToolCall!.Between(said).ToArray() is { Length: > 0 } marked)
            return new(text, ThoughtIn(text), WithoutMarks(text), [.. marked.SelectMany(Marked)]);
        return WholeCalls(said) is { } calls
            ? new ChatTurn(text, ThoughtIn(text), "", calls)
            : new ChatTurn(text, ThoughtIn(text), WithoutMarks(text), []);
    }

    // Python code, too, stands behind the mark; of it, calls are read.
    private static IReadOnlyList<ToolCall?> Marked(string text) =>
        WholeCalls(text) ?? (text.AsSpan().TrimStart() is ['{' or '[', ..] or [] ? [null] : PythonCalls.Lines(text));
}

/// <summary>
/// Mistral: calls behind <c>[TOOL_CALLS]</c>, as a JSON list or, since its tokenizer's version 11, one by one as
/// <c>[TOOL_CALLS]name[ARGS]{...}</c>, perhaps with a <c>[CALL_ID]</c>. Its templates want calls and results told apart from text, with ids
/// of nine letters and digits.
/// </summary>
public sealed class MistralChatFormat : ChatFormat
{
    private const string Identifier = "[CALL_ID]", Arguments = "[ARGS]";
    private const int IdLength = 9;

    /// <summary>A format with these marks of thoughts.</summary>
    public MistralChatFormat(Marks? thought) => (Thought, ToolCall) = (thought, new Marks("[TOOL_CALLS]", Close: null));

    /// <inheritdoc/>
    /// <remarks>A list of one, which all versions of its tokenizer can write.</remarks>
    public override CallForm JsonCall => new("[TOOL_CALLS][", "arguments", "]");

    /// <inheritdoc/>
    public override ChatTurn Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(text, ThoughtIn(text), WithoutMarks(text), [.. ToolCall!.Between(WithoutThought(text)).SelectMany(Calls)]);
    }

    /// <inheritdoc/>
    public override ChatMessage Said(ChatTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var calls = turn.Calls.Index().Where(call => call.Item is not null).Select(call => (object?)new Dictionary<string, object?>
        {
            ["id"] = IdOf(call.Item, call.Index),
            ["type"] = "function",
            ["function"] = new Dictionary<string, object?>
            {
                ["name"] = call.Item!.Name,
                ["arguments"] = call.Item.Json ?? (object)call.Item.Arguments.ToDictionary(a => a.Key, a => (object?)a.Value),
            },
        }).ToList();
        return calls.Count == 0
            ? base.Said(turn)
            : new ChatMessage("assistant", turn.Answer) { Extra = new Dictionary<string, object?> { ["tool_calls"] = calls } };
    }

    /// <inheritdoc/>
    public override ChatMessage Result(ToolCall? call, int index, string result) =>
        new("tool", result) { Extra = new Dictionary<string, object?> { ["name"] = call?.Name, ["tool_call_id"] = IdOf(call, index) } };

    private static IReadOnlyList<ToolCall?> Calls(string text)
    {
        text = text.Trim();
        if (text is ['[', ..] && !text.StartsWith(Arguments, StringComparison.Ordinal)) return Chat.ToolCall.ParseList(text);
        if (text is ['{', ..]) return Chat.ToolCall.ParseSequence(text);
        var json = text.IndexOf('{', StringComparison.Ordinal) is var brace && brace < 0 ? text.Length : brace;
        var (head, id) = (text[..json].Replace(Arguments, "", StringComparison.Ordinal), (string?)null);
        if (head.IndexOf(Identifier, StringComparison.Ordinal) is var at and >= 0)
            (head, id) = (head[..at], head[(at + Identifier.Length)..].Trim());
        var written = json < text.Length ? text[json..] : text.EndsWith(Arguments, StringComparison.Ordinal) ? "{}" : "";
        return [IsName(head.Trim()) ? Chat.ToolCall.ParseArguments(head.Trim(), written, id) : null];
    }

    private static bool IsName(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private static string IdOf(ToolCall? call, int index) => call?.Id is { Length: IdLength } id && id.All(char.IsAsciiLetterOrDigit)
        ? id
        : $"call{index:00000}";
}
