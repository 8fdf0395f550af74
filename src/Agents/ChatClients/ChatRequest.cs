using System.Text.Json;
using LlmRabbitHoles.Agents.Tools;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling.Constraints;
using Microsoft.Extensions.AI;
using AIMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatMessage = LlmRabbitHoles.Chat.ChatMessage;

namespace LlmRabbitHoles.Agents.ChatClients;

/// <summary>A request of Microsoft.Extensions.AI in the engine's words.</summary>
/// <param name="Messages">The conversation, instructions first.</param>
/// <param name="Tools">What the model may call.</param>
/// <param name="Options">How it writes.</param>
/// <param name="MayThink">Whether its thoughts are open.</param>
/// <param name="Form">How a grammar makes the model write its calls; null where none does.</param>
internal sealed record ChatRequest(
    IReadOnlyList<ChatMessage> Messages, IReadOnlyList<FunctionSignature> Tools, GenerationOptions Options, bool MayThink, CallForm? Form)
{
    private const int LowEffort = 256, MediumEffort = 1024;

    /// <exception cref="NotSupportedException">The request asks for what the engine does not do; the message names it.</exception>
    public static ChatRequest Of(IReadOnlyList<AIMessage> messages, ChatOptions? options, LanguageModel model, IChatClient client)
    {
        Refuse(options, model);
        var tools = options?.ToolMode is NoneChatToolMode ? [] : Signatures(options?.Tools, model);
        var answer = GrammarOf(options?.ResponseFormat);
        var demanded = options?.ToolMode is RequiredChatToolMode required ? Demanded(required, tools) : null;
        var form = tools.Count > 0 && (demanded ?? (object?)answer) is not null ? model.ChatFormat.JsonCall : null;
        // A mark tells a call from an answer, and the model says which it is about to write; without one, the text of both decides.
        var instead = demanded is null && form is { Before.Length: 0 } ? answer : null;
        var grammar = form is null ? answer
            : TurnGrammar.Of(form, demanded ?? tools, model.Tokenizer, options?.AllowMultipleToolCalls != false, instead);
        var mayThink = grammar is null && options?.Reasoning?.Effort != ReasoningEffort.None;
        ChatMessage[] conversation = [.. Instructions(options), .. EngineMessages.Of(messages)];
        return new ChatRequest(conversation, tools, OptionsOf(options, grammar, model, client), mayThink, form)
        {
            Otherwise = demanded is null && form is { Before.Length: > 0 } ? OptionsOf(options, answer, model, client) : null,
        };
    }

    /// <summary>How the model writes where its first token, without a grammar, begins no call; null where there is no choice.</summary>
    public GenerationOptions? Otherwise { get; private init; }

    /// <summary>Whether a token begins a call.</summary>
    public bool BeginsCall(string piece) => piece.Length > 0 && Form?.Before.StartsWith(piece, StringComparison.Ordinal) == true;

    /// <summary>The calls of a turn that the model ended.</summary>
    /// <remarks>Under a grammar, a text that does not begin as a call is an answer, whatever its JSON holds.</remarks>
    public IReadOnlyList<ToolCall?> CallsIn(ChatTurn turn) =>
        Tools.Count == 0 || (Form is not null && !turn.Text.StartsWith(Form.Before, StringComparison.Ordinal)) ? []
        : Form is null || turn.Calls.All(call => Tools.Any(tool => tool.Name == call?.Name)) ? turn.Calls
        : [];

    private static IReadOnlyList<FunctionSignature> Demanded(RequiredChatToolMode mode, IReadOnlyList<FunctionSignature> tools)
    {
        var demanded = mode.RequiredFunctionName is { } name ? [.. tools.Where(tool => tool.Name == name)] : tools;
        if (demanded.Count > 0) return demanded;
        throw new NotSupportedException(mode.RequiredFunctionName is { } missing
            ? $"The request demands a call of '{missing}', and offers {Names(tools)}. Add that tool, or set ToolMode to Auto."
            : "The request demands a tool call and offers no tools. Add one, or set ToolMode to Auto.");
    }

    private static string Names(IReadOnlyList<FunctionSignature> tools) =>
        tools.Count == 0 ? "no tools" : string.Join(", ", tools.Select(tool => $"'{tool.Name}'"));

    private static IEnumerable<ChatMessage> Instructions(ChatOptions? options) =>
        options?.Instructions is { Length: > 0 } instructions ? [new ChatMessage("system", instructions)] : [];

    private static GenerationOptions OptionsOf(ChatOptions? options, Grammar? grammar, LanguageModel model, IChatClient client)
    {
        var basis = options?.RawRepresentationFactory?.Invoke(client) as GenerationOptions ?? new GenerationOptions();
        if (options is null) return basis;
        var sampling = basis.Sampling;
        return basis with
        {
            MaxTokens = options.MaxOutputTokens ?? basis.MaxTokens,
            Stop = options.StopSequences is { Count: > 0 } stop ? [.. stop] : basis.Stop,
            Grammar = grammar ?? basis.Grammar,
            Sampling = sampling with
            {
                Temperature = Exact(options.Temperature) ?? sampling.Temperature,
                TopP = Exact(options.TopP) ?? sampling.TopP,
                TopK = options.TopK ?? sampling.TopK,
                FrequencyPenalty = Exact(options.FrequencyPenalty) ?? sampling.FrequencyPenalty,
                PresencePenalty = Exact(options.PresencePenalty) ?? sampling.PresencePenalty,
                Seed = options.Seed is { } seed ? unchecked((int)(seed ^ (seed >> 32))) : sampling.Seed,
                Thought = Budget(options.Reasoning?.Effort) is { } tokens ? ThinkingBudget.For(model, tokens) : sampling.Thought,
            },
        };
    }

    // 0.7f is 0.699999988 as a double; the number that was typed is the decimal one.
    private static double? Exact(float? value) => value is { } number ? (double)(decimal)number : null;

    private static int? Budget(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.Low => LowEffort,
        ReasoningEffort.Medium => MediumEffort,
        _ => null,
    };

    private static Grammar? GrammarOf(ChatResponseFormat? format) => format switch
    {
        null or ChatResponseFormatText => null,
        ChatResponseFormatJson json => Grammar.FromJsonSchema(json.Schema?.GetRawText() ?? """{"type": "object"}"""),
        _ => throw new NotSupportedException($"The response format {format.GetType().Name} is unknown. Use Text, Json or a JSON schema."),
    };

    private static IReadOnlyList<FunctionSignature> Signatures(IList<AITool>? tools, LanguageModel model)
    {
        if (tools is not { Count: > 0 }) return [];
        if (!model.ChatFormat.CanCall)
            throw new NotSupportedException($"The model '{model.Name}' has no marks for tool calls. Offer no tools, or use another model.");
        return [.. tools.Select(tool => tool is AIFunctionDeclaration function
            ? new FunctionSignature(function)
            : throw new NotSupportedException(
                $"The tool '{tool.Name}' ({tool.GetType().Name}) runs at a provider, and this model runs here. Offer an AIFunction."))];
    }

    private static void Refuse(ChatOptions? options, LanguageModel model)
    {
        if (options is null) return;
        if (options.ModelId is { } id && id != model.Name)
            throw new NotSupportedException($"The request is for the model '{id}', and this client has '{model.Name}'. Leave ModelId out.");
        if (options.ConversationId is { } conversation)
        {
            throw new NotSupportedException($"The request continues the conversation '{conversation}', and this client stores none. " +
                "Send all messages: what is known of them is not read again.");
        }
        if (options.ContinuationToken is not null || options.AllowBackgroundResponses == true)
            throw new NotSupportedException("Responses in the background are not supported. Leave AllowBackgroundResponses out.");
    }
}

/// <summary>A function of Microsoft.Extensions.AI as a chat template knows it.</summary>
internal sealed class FunctionSignature(AIFunctionDeclaration function) : IToolSignature
{
    public string Name => function.Name;

    public string Description => function.Description;

    public IReadOnlyList<string> Parameters => Arguments.Names;

    public JsonElement? Schema => function.JsonSchema;

    public SchemaArguments Arguments { get; } = new(function.JsonSchema);
}
