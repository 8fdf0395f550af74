using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Agents;

/// <summary>Lets a model speak until it answers: whenever its turn holds tool calls, they are done and it reads their results.</summary>
/// <remarks>Yao et al. 2022, arXiv:2210.03629 (ReAct); the wire form is that of Hugging Face's chat templates.</remarks>
/// <param name="model">With a tokenizer and a chat template; lent, not owned.</param>
/// <param name="toolbox">What it is offered.</param>
public sealed class AgentLoop(LanguageModel model, Toolbox toolbox)
{
    /// <summary>How each turn is sampled. Default: greedy, 400 tokens.</summary>
    public GenerationOptions Options { get; init; } = new() { MaxTokens = 400 };

    /// <summary>Turns with tool calls before it gives up. Default 8.</summary>
    public int MostCalls { get; init; } = 8;

    /// <summary>Whether the model may think before it speaks. Default true.</summary>
    public bool MayThink { get; init; } = true;

    /// <summary>Receives each token as it is sampled; null, the default, receives none.</summary>
    public IProgress<GeneratedToken>? Tokens { get; init; }

    /// <summary>Receives each tool's result; null, the default, receives none.</summary>
    public IProgress<(ToolCall Call, string Result)>? Results { get; init; }

    /// <summary>Asks and lets the model act until it answers, its context is full, or it has called too often.</summary>
    /// <param name="messages">From the first to the last turn.</param>
    /// <param name="cancellationToken">Ends it after the current token.</param>
    /// <exception cref="PromptException">The conversation leaves no room for an answer, or the model cannot chat.</exception>
    public Transcript Run(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var format = model.ChatFormat;
        List<ChatMessage> turns = [];
        List<ToolCall> calls = [];
        var (thought, malformed) = ("", 0);
        for (var rounds = 0; ; rounds++)
        {
            var spoken = Speak([.. messages, .. turns], cancellationToken);
            var turn = format.Read((MayThink ? "" : format.Thought?.Open + format.Thought?.Close) + model.Tokenizer.Decode(spoken.Tokens));
            turns.Add(format.Said(turn));
            thought += turn.Thought;
            calls.AddRange(turn.Calls.OfType<ToolCall>());
            malformed += turn.Calls.Count(call => call is null);
            if (turn.Calls.Count == 0 || toolbox.Tools.Count == 0 || rounds == MostCalls || spoken.StopReason != StopReason.EndTurn)
            {
                var reason = turn.Calls.Count > 0 && spoken.StopReason == StopReason.EndTurn ? StopReason.ToolUse : spoken.StopReason;
                return new Transcript(turns, calls, malformed, thought, turn.Answer, reason) { Last = spoken };
            }
            foreach (var (index, call) in turn.Calls.Index()) turns.Add(format.Result(call, index, Result(call)));
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
        if (call is null) return "The call is not valid JSON.";
        var result = toolbox.Invoke(call);
        Results?.Report((call, result));
        return result;
    }
}

/// <summary>What happened after a question: the model's turns, and between them the results of the tools that it called.</summary>
/// <param name="Turns">Assistant and tool turns, in order, with all special tokens but the end of turn.</param>
/// <param name="Calls">The calls that could be read, in order.</param>
/// <param name="Malformed">Tool calls that could not be read as JSON.</param>
/// <param name="Thought">What the model thought in all its turns; empty if nothing.</param>
/// <param name="Answer">The last assistant turn without thought and calls.</param>
/// <param name="StopReason">How the last assistant turn ended.</param>
public sealed record Transcript(
    IReadOnlyList<ChatMessage> Turns, IReadOnlyList<ToolCall> Calls, int Malformed, string Thought, string Answer, StopReason StopReason)
{
    /// <summary>The last assistant turn as it was generated, with its timings.</summary>
    public GenerationResult? Last { get; init; }
}
