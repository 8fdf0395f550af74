using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Sampling.Constraints;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Agents.ChatClients;

/// <summary>The grammar of a turn that calls tools, in the way of the model, or else gives an answer that has a grammar itself.</summary>
internal static class TurnGrammar
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Calls whose arguments fit the tools' schemas; marks are tokens where the model has tokens for them.</summary>
    /// <param name="form">How the model writes a call.</param>
    /// <param name="tools">What may be called, at least one.</param>
    /// <param name="tokenizer">The model's.</param>
    /// <param name="several">Whether there may be more than one call. Calls without a mark at their end are one in any case.</param>
    /// <param name="answer">What may be written instead of calls; null: nothing.</param>
    /// <exception cref="GrammarException">The schema of a tool has what no grammar can keep.</exception>
    public static Grammar Of(
        CallForm form, IReadOnlyList<FunctionSignature> tools, Tokenizer tokenizer, bool several, Grammar? answer = null)
    {
        var parts = tools.Index().ToDictionary(tool => $"arguments{tool.Index}", tool => ArgumentsOf(tool.Item));
        if (answer is not null) parts["answer"] = answer;
        var objects = tools.Select((tool, index) =>
            $"{Quoted($"{{\"name\": {JsonSerializer.Serialize(tool.Name, Readable)}, \"{form.Arguments}\": ")} arguments{index} \"}}\"");
        var isMarked = form.Before.Length > 0 && form.After.Length > 0;
        return Grammar.Parse($"""
            root ::= {(isMarked && several ? "call (\"\\n\"? call)*" : "call")}{(answer is null ? "" : " | answer")}
            call ::= {Marks(form.Before, tokenizer)} {(isMarked ? "\"\\n\"? object \"\\n\"?" : "object")} {Marks(form.After, tokenizer)}
            object ::= {string.Join(" | ", objects)}
            """, parts);
    }

    // A schema that names no property lets a grammar write any: a tool whose list of properties is empty takes none.
    private static Grammar ArgumentsOf(FunctionSignature tool) =>
        tool.Parameters.Count > 0 ? Grammar.FromJsonSchema(tool.Schema!.Value.GetRawText())
        : tool.Schema is { ValueKind: JsonValueKind.Object } schema && schema.TryGetProperty("properties", out _)
            ? Grammar.Parse("root ::= \"{}\"")
        : Grammar.FromJsonSchema("""{"type": "object"}""");

    private static string Marks(string text, Tokenizer tokenizer)
    {
        var mark = tokenizer.SpecialTokens.Where(token => text.StartsWith(token.Key, StringComparison.Ordinal))
            .OrderByDescending(token => token.Key.Length).FirstOrDefault();
        return mark.Key is null ? Quoted(text) : $"<[{mark.Value}]> {Quoted(text[mark.Key.Length..])}";
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '\\' or '"') quoted.Append('\\');
            quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }
}
