using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace LlmRabbitHoles.Agents.Tools;

/// <summary>What a model reads of a tool's result.</summary>
internal static class ToolText
{
    /// <summary>A text as it is, content by its text, anything else as JSON; nothing is empty.</summary>
    public static string Of(object? result) => result switch
    {
        null => "",
        string text => text,
        TextContent content => content.Text,
        IEnumerable<AIContent> contents => string.Join('\n', contents.Select(Of)),
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
        JsonElement json => JsonSerializer.Serialize(json, OneLine),
        _ => Of(JsonSerializer.SerializeToElement(result, AIJsonUtilities.DefaultOptions.GetTypeInfo(result.GetType()))),
    };

    // Line breaks, blanks and escapes cost tokens; nothing here is shown in a page.
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
