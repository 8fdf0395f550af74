using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Chat;

/// <summary>What stands before and behind a part of a turn.</summary>
/// <param name="Open">Begins it.</param>
/// <param name="Close">Ends it; null: the end of the turn does.</param>
public sealed record Marks(string Open, string? Close)
{
    /// <summary>The parts of a text that stand between the marks.</summary>
    internal IEnumerable<string> Between(string text)
    {
        for (var at = 0; (at = text.IndexOf(Open, at, StringComparison.Ordinal)) >= 0;)
        {
            at += Open.Length;
            yield return text[at..EndOf(text, at)];
        }
    }

    /// <summary>The text without these parts and their marks.</summary>
    internal string Without(string text)
    {
        for (int start; (start = text.IndexOf(Open, StringComparison.Ordinal)) >= 0;)
        {
            var end = EndOf(text, start) + (Close?.Length ?? 0);
            text = text[..start] + (end < text.Length ? text[end..] : "");
        }
        return text;
    }

    private int EndOf(string text, int from) =>
        Close is null || text.IndexOf(Close, from, StringComparison.Ordinal) is var end && end < 0 ? text.Length : end;
}

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

    /// <summary>Whether the model can call tools.</summary>
    public virtual bool CanCall => ToolCall is not null;

    /// <summary>The format of the checkpoint with this tokenizer.</summary>
    public static ChatFormat Of(Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        bool Has(string token) => tokenizer.IdOf(token) is not null;
        Marks? Find(params string[] names) =>
            names.SelectMany(name => new[] { new Marks($"<{name}>", $"</{name}>"), new Marks($"<|{name}|>", $"<|/{name}|>") })
                .FirstOrDefault(marks => Has(marks.Open) && Has(marks.Close!));
        var thought = Find("think");
        return Has("[TOOL_CALLS]") ? new MistralChatFormat(thought)
            : Has("<|python_tag|>") ? new Llama3ChatFormat(thought)
            : Has("<start_of_turn>") && Has("<end_of_turn>") && !Has("<tool_call>") ? new GemmaChatFormat(thought)
            : new MarkedChatFormat(thought, Find("tool_call"));
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

    /// <summary>From where on an answer that is still being written may be a call, so that it is not shown yet. Marks that are tokens
    /// need not be looked for.</summary>
    /// <param name="answer">What the model wrote so far, without thoughts and without what stands between marks.</param>
    /// <returns>An index in the answer; its length, the default, where nothing of it can be a call.</returns>
    public virtual int CallStart(string answer) => answer?.Length ?? 0;

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

    private protected string WithoutThought(string text) => Thought?.Without(text) ?? text;

    private protected string ThoughtIn(string text) => Thought?.Between(text).FirstOrDefault("") ?? "";
}

/// <summary>Between two marks one JSON object, as in Alice, Qwen, Hermes and SmolLM3, or a list of them, as in Phi-4-mini.</summary>
public sealed class MarkedChatFormat : ChatFormat
{
    /// <summary>A format with these marks.</summary>
    public MarkedChatFormat(Marks? thought, Marks? toolCall) => (Thought, ToolCall) = (thought, toolCall);

    /// <inheritdoc/>
    public override ChatTurn Read(string text) => new(
        text, ThoughtIn(text), WithoutMarks(text),
        [.. ToolCall?.Between(Thought?.Without(text) ?? text).SelectMany(Calls) ?? []]);

    private static IReadOnlyList<ToolCall?> Calls(string json) =>
        json.AsSpan().TrimStart().StartsWith('[') ? Chat.ToolCall.ParseList(json) : [Chat.ToolCall.Parse(json)];
}

/// <summary>Llama 3: the whole turn is one JSON object, where tools are offered, perhaps behind <c>&lt;|python_tag|&gt;</c>.</summary>
/// <remarks>Its objects say "parameters" where others say "arguments".</remarks>
public sealed class Llama3ChatFormat : ChatFormat
{
    /// <summary>A format with these marks of thoughts.</summary>
    public Llama3ChatFormat(Marks? thought) => (Thought, ToolCall) = (thought, new Marks("<|python_tag|>", Close: null));

    /// <inheritdoc/>
    public override int CallStart(string answer) => answer is ['{', ..] ? 0 : base.CallStart(answer);

    /// <inheritdoc/>
    public override ChatTurn Read(string text)
    {
        var said = Thought?.Without(text) ?? text;
        if (ToolCall!.Between(said).FirstOrDefault() is { } marked)
            return new(text, ThoughtIn(text), WithoutMarks(text), [Chat.ToolCall.Parse(marked)]);
        return Chat.ToolCall.Parse(said.Trim()) is { } call
            ? new ChatTurn(text, ThoughtIn(text), "", [call])
            : new ChatTurn(text, ThoughtIn(text), WithoutMarks(text), []);
    }
}

/// <summary>
/// Mistral: a JSON list of calls behind <c>[TOOL_CALLS]</c>. Its templates want calls and results told
/// apart from text, with ids of nine characters.
/// </summary>
public sealed class MistralChatFormat : ChatFormat
{
    /// <summary>A format with these marks of thoughts.</summary>
    public MistralChatFormat(Marks? thought) => (Thought, ToolCall) = (thought, new Marks("[TOOL_CALLS]", Close: null));

    /// <inheritdoc/>
    public override ChatTurn Read(string text) => new(
        text, ThoughtIn(text), WithoutMarks(text),
        [.. ToolCall!.Between(Thought?.Without(text) ?? text).SelectMany(Chat.ToolCall.ParseList)]);

    /// <inheritdoc/>
    public override ChatMessage Said(ChatTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var calls = turn.Calls.OfType<ToolCall>().Select((call, index) => (object?)new Dictionary<string, object?>
        {
            ["id"] = IdOf(index),
            ["type"] = "function",
            ["function"] = new Dictionary<string, object?>
            {
                ["name"] = call.Name,
                ["arguments"] = call.Arguments.ToDictionary(a => a.Key, a => (object?)a.Value),
            },
        }).ToList();
        return calls.Count == 0
            ? base.Said(turn)
            : new ChatMessage("assistant", turn.Answer) { Extra = new Dictionary<string, object?> { ["tool_calls"] = calls } };
    }

    /// <inheritdoc/>
    public override ChatMessage Result(ToolCall? call, int index, string result) =>
        new("tool", result) { Extra = new Dictionary<string, object?> { ["name"] = call?.Name, ["tool_call_id"] = IdOf(index) } };

    private static string IdOf(int index) => $"call{index:00000}";
}
