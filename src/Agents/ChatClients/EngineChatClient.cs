using System.Runtime.CompilerServices;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tokenization;
using Microsoft.Extensions.AI;
using AIMessage = Microsoft.Extensions.AI.ChatMessage;

namespace LlmRabbitHoles.Agents.ChatClients;

/// <summary>The engine as Microsoft.Extensions.AI's chat client, so that whatever is written for that package runs on it.</summary>
/// <remarks>
/// Requests wait for each other: one model, one cache. A request whose messages begin as those of the last one reads only the rest.
/// <para>ChatOptions: Instructions, Temperature, TopP, TopK, MaxOutputTokens, StopSequences, Seed (folded to 32 bits), FrequencyPenalty,
/// PresencePenalty and Tools are used. ResponseFormat becomes a grammar, which closes the model's thoughts; where tools are offered, the
/// model chooses between calls and such an answer. A ToolMode that demands a call closes them too, and leaves room for calls alone.
/// Reasoning.Effort None closes the thoughts, Low leaves them 256 tokens, Medium 1,024; Reasoning.Output None leaves them out of the
/// response. AllowMultipleToolCalls false keeps the first call of a turn. RawRepresentationFactory may give a
/// <see cref="GenerationOptions"/> with what else is to be set. AdditionalProperties are not read. Another model's id, a ConversationId,
/// a demanded call without tools, background responses, tools that run at a provider and content other than text throw
/// <see cref="NotSupportedException"/>.</para>
/// </remarks>
public sealed class EngineChatClient : IChatClient
{
    private readonly LanguageModel _model;
    private readonly Conversation _conversation;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>A client of this model.</summary>
    /// <param name="model">Has a tokenizer and a chat template; stays the caller's.</param>
    /// <exception cref="PromptException">The model has no tokenizer or no chat template.</exception>
    public EngineChatClient(LanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _ = (model.Tokenizer, model.ChatTemplate);
        (_model, _conversation) = (model, new Conversation(model));
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<AIMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The request asks for what the engine does not do; the message names it.</exception>
    /// <exception cref="PromptException">The conversation is too long for the model.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<AIMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var given = messages.ToArray();
        var request = ChatRequest.Of(given, options, _model, this);
        var showsThoughts = options?.Reasoning?.Output != ReasoningOutput.None;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var id = Guid.NewGuid().ToString("N");
            var prompt = _model.EncodeChat(request.Messages, request.Tools, request.MayThink);
            var thinks = BeginsInThought(prompt);
            var stream = new TurnStream(_model.Tokenizer, _model.ChatFormat, thinks, holdsCalls: request.Tools.Count > 0);
            var first = request.Otherwise is null ? null
                : await FirstAsync(prompt, request.Options, cancellationToken).ConfigureAwait(false);
            var writes = first is { Tokens: var tokens } && !(tokens is [var token] && request.BeginsCall(_model.Tokenizer.Piece(token)))
                ? request.Otherwise : request.Options;
            var run = _conversation.StreamAsync(prompt, writes, cancellationToken);
            await foreach (var next in run.ConfigureAwait(false))
            {
                if (stream.Add(next) is { } content && (showsThoughts || content is not TextReasoningContent))
                    yield return Update(id, [content]);
            }
            cancellationToken.ThrowIfCancellationRequested();
            yield return End(
                id, request, run.Result, stream, thinks, CallsIn(given), options?.AllowMultipleToolCalls != false,
                cached: Conversation.ReusedTokens(first ?? run.Result));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("LLM Rabbit Holes", defaultModelId: _model.Name)
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(_model) ? _model
            : null;
    }

    /// <summary>Frees the cache; the model stays the caller's.</summary>
    public void Dispose()
    {
        _conversation.Dispose();
        _turn.Dispose();
    }

    /// <summary>What the model would write first without a grammar.</summary>
    private async Task<GenerationResult> FirstAsync(int[] prompt, GenerationOptions options, CancellationToken cancellationToken)
    {
        var run = _conversation.StreamAsync(prompt, options with { Grammar = null, MaxTokens = 1 }, cancellationToken);
        await foreach (var _ in run.ConfigureAwait(false))
        {
        }
        return run.Result;
    }

    private ChatResponseUpdate Update(string id, IList<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = id,
        MessageId = id,
        ModelId = _model.Name,
    };

    /// <summary>The last update: calls, usage and the reason of the end.</summary>
    private ChatResponseUpdate End(
        string id, ChatRequest request, GenerationResult result, TurnStream stream, bool thinks, int callsBefore, bool several,
        int cached)
    {
        var text = (thinks ? _model.ChatFormat.Thought!.Open : "") + _model.Tokenizer.Decode(result.Tokens);
        var turn = _model.ChatFormat.Read(text);
        // As in an agent's loop: a turn that was cut calls nothing.
        var calls = result.StopReason == StopReason.EndTurn ? request.CallsIn(turn) : [];
        List<AIContent> contents = [];
        if (calls.Count == 0 && stream.Held is { Length: > 0 } held) contents.Add(new TextContent(held));
        contents.AddRange(calls.Take(several ? calls.Count : 1).Select((call, index) => Content(call, callsBefore + index, request.Tools)));
        contents.Add(new UsageContent(Usage(result, stream, cached)));
        var end = Update(id, contents);
        end.FinishReason = calls.Count > 0 ? ChatFinishReason.ToolCalls
            : result.StopReason == StopReason.MaxTokens ? ChatFinishReason.Length
            : ChatFinishReason.Stop;
        return end;
    }

    private static FunctionCallContent Content(ToolCall? call, int index, IReadOnlyList<FunctionSignature> tools)
    {
        // Mistral's templates want ids of nine characters.
        var id = $"call{index:00000}";
        if (call is null)
        {
            return new FunctionCallContent(id, "unreadable")
            {
                Exception = new FormatException("The call is not a JSON object with \"name\" and \"arguments\"."),
            };
        }
        var arguments = tools.FirstOrDefault(tool => tool.Name == call.Name) is { } tool
            ? tool.Arguments.ReadLeniently(call.Arguments).ToDictionary(a => a.Key, a => (object?)a.Value, StringComparer.Ordinal)
            : call.Arguments.ToDictionary(a => a.Key, a => (object?)a.Value, StringComparer.Ordinal);
        return new FunctionCallContent(id, call.Name, arguments);
    }

    private static UsageDetails Usage(GenerationResult result, TurnStream stream, int cached) => new()
    {
        InputTokenCount = result.PromptTokens.Count,
        CachedInputTokenCount = cached,
        OutputTokenCount = result.Tokens.Count,
        ReasoningTokenCount = stream.ThoughtTokens,
        TotalTokenCount = result.PromptTokens.Count + result.Tokens.Count,
    };

    /// <summary>Whether the prompt ends inside a thought: some templates open it.</summary>
    private bool BeginsInThought(int[] prompt) =>
        _model.ChatFormat.Thought is { Close: { } close } thought
        && _model.Tokenizer.IdOf(thought.Open) is { } openId && _model.Tokenizer.IdOf(close) is { } closeId
        && Array.LastIndexOf(prompt, openId) > Array.LastIndexOf(prompt, closeId);

    private static int CallsIn(IEnumerable<AIMessage> messages) => messages.Sum(m => m.Contents.OfType<FunctionCallContent>().Count());
}
