using LlmRabbitHoles.Agents.Tracing;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Agents;

/// <summary>Runs a model turn by turn until it answers, runs the tools that it calls, and gives it their results.</summary>
/// <remarks>Yao et al. 2022, arXiv:2210.03629 (ReAct); calls and results are written as in Hugging Face's chat templates.</remarks>
/// <param name="model">Has a tokenizer and a chat template. The caller owns it.</param>
/// <param name="toolbox">The tools that the model may call.</param>
public sealed class AgentLoop(LanguageModel model, Toolbox toolbox) : IAgent
{
    /// <summary>Default: greedy, at most 400 tokens a turn.</summary>
    public GenerationOptions Options { get; init; } = new() { MaxTokens = 400 };

    /// <summary>Turns whose tool calls are run. The loop ends at the next turn with tool calls. Default 8.</summary>
    public int MaxToolTurns { get; init; } = 8;

    /// <summary>Whether the model may think before it speaks. Default true.</summary>
    public bool MayThink { get; init; } = true;

    /// <summary>Tokens that a turn may spend inside its thought marks; null (the default): as many as it likes.</summary>
    public int? ThinkingBudget { get; init; }

    /// <summary>Keeps what earlier turns have read; null (the default): each turn reads the whole conversation.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>The agent's name in the trace. Default: none.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the agent is told before every conversation. Default null: nothing.</summary>
    public string? Instructions { get; init; }

    /// <summary>Receives each turn and each tool's outcome. Default null: nothing is reported.</summary>
    public IProgress<AgentStep>? Trace { get; init; }

    /// <summary>Receives each token when it is sampled. Default null: nothing is reported.</summary>
    public IProgress<GeneratedToken>? Tokens { get; init; }

    /// <summary>Receives each tool's result. Default null: nothing is reported.</summary>
    public IProgress<(ToolCall Call, string Result)>? Results { get; init; }

    /// <summary>Runs until the model answers, its context is full, or it has reached <see cref="MaxToolTurns"/>.</summary>
    /// <param name="messages">The conversation so far, oldest message first.</param>
    /// <param name="cancellationToken">Ends the run after the current token.</param>
    /// <exception cref="PromptException">The conversation leaves no room for an answer, or the model cannot chat.</exception>
    public Transcript Run(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (Instructions is not null) messages = [new ChatMessage("system", Instructions), .. messages];
        var format = model.ChatFormat;
        List<ChatMessage> turns = [];
        List<ToolCall> calls = [];
        var (thought, malformed) = ("", 0);
        // The template wrote this empty thought into the prompt, so the generated tokens lack it.
        var emptyThought = MayThink ? "" : format.Thought?.Open + format.Thought?.Close;
        for (var toolTurns = 0; ; toolTurns++)
        {
            var generated = Generate([.. messages, .. turns], cancellationToken);
            var turn = format.Read(emptyThought + model.Tokenizer.Decode(generated.Tokens));
            turns.Add(format.Said(turn));
            Trace?.Report(new TurnWritten(Name, turn, generated));
            thought += turn.Thought;
            calls.AddRange(turn.Calls.OfType<ToolCall>());
            malformed += turn.Calls.Count(call => call is null);
            if (turn.Calls.Count == 0 || toolbox.Tools.Count == 0 || toolTurns == MaxToolTurns
                || generated.StopReason != StopReason.EndTurn)
            {
                var wantsTool = turn.Calls.Count > 0 && generated.StopReason == StopReason.EndTurn;
                var reason = wantsTool ? StopReason.ToolUse : generated.StopReason;
                return new Transcript(turns, calls, malformed, thought, turn.Answer, reason) { Last = generated };
            }
            var outcomes = toolbox.InvokeAsync(turn.Calls, cancellationToken).GetAwaiter().GetResult();
            foreach (var (index, outcome) in outcomes.Index())
            {
                Trace?.Report(new ToolRan(Name, outcome));
                if (outcome.Call is not null) Results?.Report((outcome.Call, outcome.Text));
                turns.Add(format.Result(outcome.Call, index, outcome.Text));
            }
        }
    }

    private GenerationResult Generate(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken)
    {
        var prompt = model.EncodeChat(conversation, toolbox.Tools, MayThink);
        var options = ThinkingBudget is { } tokens
            ? Options with { Sampling = Options.Sampling with { Thought = Agents.ThinkingBudget.For(model, tokens) } }
            : Options;
        var stream = Conversation?.Stream(prompt, options, cancellationToken)
            ?? new TextGenerator(model).Stream(prompt, options, cancellationToken: cancellationToken);
        foreach (var token in stream) Tokens?.Report(token);
        return stream.Result;
    }
}

/// <summary>The turns that followed a question: the model's own, and between them the results of its tool calls.</summary>
/// <param name="Turns">Assistant and tool turns in order, with all special tokens except the end of turn.</param>
/// <param name="Calls">The well-formed calls, in order.</param>
/// <param name="Malformed">How many tool calls were malformed.</param>
/// <param name="Thought">The thoughts of all turns; empty if there are none.</param>
/// <param name="Answer">The last assistant turn without its thought and its calls.</param>
/// <param name="StopReason">Why the last assistant turn ended.</param>
public sealed record Transcript(
    IReadOnlyList<ChatMessage> Turns, IReadOnlyList<ToolCall> Calls, int Malformed, string Thought, string Answer, StopReason StopReason)
{
    /// <summary>The last assistant turn as it was generated, with its timings.</summary>
    public GenerationResult? Last { get; init; }
}
