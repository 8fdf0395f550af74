using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Agents;

/// <summary>Lets a model speak until it answers: whenever its turn holds tool calls, they are done and it reads their results.</summary>
/// <remarks>Yao et al. 2022, arXiv:2210.03629 (ReAct); the wire form is that of Hugging Face's chat templates.</remarks>
/// <param name="model">With a tokenizer and a chat template; lent, not owned.</param>
/// <param name="toolbox">What it is offered.</param>
public sealed class AgentLoop(LanguageModel model, Toolbox toolbox)
{
    /// <summary>Begins a thought.</summary>
    public const string ThinkOpen = "<|think|>";

    /// <summary>Ends a thought.</summary>
    public const string ThinkClose = "<|/think|>";

    /// <summary>Begins a tool call.</summary>
    public const string CallOpen = "<|tool_call|>";

    /// <summary>Ends a tool call.</summary>
    public const string CallClose = "<|/tool_call|>";

    /// <summary>How each turn is drawn. Default: greedy, 400 tokens.</summary>
    public GenerationOptions Options { get; init; } = new() { MaxTokens = 400 };

    /// <summary>Turns with tool calls before it gives up. Default 8.</summary>
    public int MostCalls { get; init; } = 8;

    /// <summary>Whether the model may think before it speaks. Default true.</summary>
    public bool MayThink { get; init; } = true;

    /// <summary>Who hears each token as it is drawn.</summary>
    public IProgress<GeneratedToken>? Tokens { get; init; }

    /// <summary>Who hears of each tool's result.</summary>
    public IProgress<(ToolCall Call, string Result)>? Results { get; init; }

    /// <summary>Whether a model has the tokens that a tool call is written with.</summary>
    public static bool CanCall(LanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.HasTokenizer && model.Tokenizer.SpecialTokens.ContainsKey(CallOpen);
    }

    /// <summary>Asks and lets the model act until it answers, its context is full, or it has called too often.</summary>
    /// <param name="messages">From the first to the last turn.</param>
    /// <param name="cancellationToken">Ends it after the current token.</param>
    /// <exception cref="PromptException">The conversation leaves no room for an answer, or the model cannot chat.</exception>
    public Transcript Run(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        List<ChatMessage> turns = [];
        List<ToolCall> calls = [];
        var (thought, malformed) = ("", 0);
        for (var rounds = 0; ; rounds++)
        {
            var spoken = Speak([.. messages, .. turns], cancellationToken);
            var text = (MayThink ? "" : ThinkOpen + ThinkClose) + model.Tokenizer.Decode(spoken.Tokens);
            turns.Add(new ChatMessage("assistant", text));
            thought += Between(text, ThinkOpen, ThinkClose).FirstOrDefault("");
            var asked = Between(text, CallOpen, CallClose).ToList();
            var read = asked.Select(ToolCall.Parse).ToList();
            calls.AddRange(read.OfType<ToolCall>());
            malformed += read.Count(c => c is null);
            if (asked.Count == 0 || toolbox.Tools.Count == 0 || rounds == MostCalls || spoken.StopReason != StopReason.EndTurn)
                return new Transcript(turns, calls, malformed, thought, Answer(text), spoken.StopReason) { Last = spoken };
            foreach (var call in read) turns.Add(new ChatMessage("tool", Result(call)));
        }
    }

    private GenerationResult Speak(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken)
    {
        var prompt = model.EncodeChat(conversation, toolbox.Tools, MayThink);
        var stream = new TextGenerator(model).Stream(prompt, Options, cancellationToken: cancellationToken);
        foreach (var token in stream) Tokens?.Report(token);
        return stream.Result;
    }

    private string Result(ToolCall? call)
    {
        if (call is null) return "The call is no valid JSON.";
        var result = toolbox.Invoke(call);
        Results?.Report((call, result));
        return result;
    }

    private static string Answer(string text)
    {
        foreach (var (open, close) in new[] { (ThinkOpen, ThinkClose), (CallOpen, CallClose) })
        {
            for (var start = 0; (start = text.IndexOf(open, StringComparison.Ordinal)) >= 0;)
            {
                var end = text.IndexOf(close, start, StringComparison.Ordinal);
                text = text[..start] + (end < 0 ? "" : text[(end + close.Length)..]);
            }
        }
        return text;
    }

    private static IEnumerable<string> Between(string text, string open, string close)
    {
        for (var at = 0; (at = text.IndexOf(open, at, StringComparison.Ordinal)) >= 0;)
        {
            at += open.Length;
            var end = text.IndexOf(close, at, StringComparison.Ordinal);
            yield return end < 0 ? text[at..] : text[at..end];
        }
    }
}
