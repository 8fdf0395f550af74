using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Writes an added token as tokenizer.json does.</summary>
internal static class AddedTokenJson
{
    public static JsonObject Of(AddedToken token) => new()
    {
        ["id"] = token.Id,
        ["content"] = token.Content,
        ["single_word"] = token.SingleWord,
        ["lstrip"] = token.LeftStrip,
        ["rstrip"] = token.RightStrip,
        ["normalized"] = token.Normalized,
        ["special"] = token.Special,
    };
}
