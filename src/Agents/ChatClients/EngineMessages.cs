using System.Text.Json;
using LlmRabbitHoles.Agents.Tools;
using Microsoft.Extensions.AI;
using AIMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatMessage = LlmRabbitHoles.Chat.ChatMessage;

namespace LlmRabbitHoles.Agents.ChatClients;

/// <summary>Messages of Microsoft.Extensions.AI as chat templates know them.</summary>
internal static class EngineMessages
{
    /// <summary>The messages; one for each result where one holds results of tools.</summary>
    /// <exception cref="NotSupportedException">One holds something other than text, thoughts, calls and results.</exception>
    public static IReadOnlyList<ChatMessage> Of(IReadOnlyList<AIMessage> messages)
    {
        var calls = messages.SelectMany(message => message.Contents.OfType<FunctionCallContent>()).ToLookup(call => call.CallId);
        return [.. messages.SelectMany(message => Of(message, calls))];
    }

    private static IEnumerable<ChatMessage> Of(AIMessage message, ILookup<string, FunctionCallContent> calls)
    {
        if (message.Contents.FirstOrDefault(content => !IsKnown(content)) is { } unknown)
        {
            throw new NotSupportedException(
                $"A message of the {message.Role} holds {unknown.GetType().Name}, and the model reads text only. " +
                "Leave it out, or describe it in words.");
        }
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
            yield return Result(result, calls[result.CallId].LastOrDefault());
        if (message.Contents.All(content => content is FunctionResultContent) && message.Contents.Count > 0) yield break;
        yield return new ChatMessage(message.Role.Value, message.Text) { Extra = ThoughtAndCalls(message) };
    }

    private static bool IsKnown(AIContent content) => content is TextContent or TextReasoningContent or FunctionCallContent
        or FunctionResultContent or UsageContent or ErrorContent;

    private static ChatMessage Result(FunctionResultContent result, FunctionCallContent? call) =>
        new("tool", ToolText.Of(result.Result))
        {
            Extra = new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = call?.Name, ["tool_call_id"] = result.CallId },
        };

    private static Dictionary<string, object?>? ThoughtAndCalls(AIMessage message)
    {
        var extra = new Dictionary<string, object?>(StringComparer.Ordinal);
        var thought = string.Concat(message.Contents.OfType<TextReasoningContent>().Select(content => content.Text));
        if (thought.Length > 0) extra["reasoning_content"] = thought;
        var calls = message.Contents.OfType<FunctionCallContent>().Select(Call).ToList();
        if (calls.Count > 0) extra["tool_calls"] = calls;
        return extra.Count > 0 ? extra : null;
    }

    private static object? Call(FunctionCallContent call) => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["id"] = call.CallId,
        ["type"] = "function",
        ["function"] = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = call.Name,
            ["arguments"] = (call.Arguments ?? new Dictionary<string, object?>()).ToDictionary(
                argument => argument.Key, argument => Plain(argument.Value), StringComparer.Ordinal),
        },
    };

    private static object? Plain(object? value) => value switch
    {
        null or string or JsonElement => value,
        _ => JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType())),
    };
}
