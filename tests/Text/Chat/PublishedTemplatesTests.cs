using System.Text.Json;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>The templates of 97 published models as Hugging Face's JavaScript library renders them. Skipped where npm cannot install it.
/// </summary>
public sealed class PublishedTemplatesTests : IDisposable
{
    private const string Chats = """
        [{"messages": [{"role": "user", "content": "Hi"}], "add_generation_prompt": true},
         {"messages": [{"role": "system", "content": " Be brief. "}, {"role": "user", "content": "Hi\nthere"},
                       {"role": "assistant", "content": " Hello! "}, {"role": "user", "content": "Who?"}], "add_generation_prompt": true},
         {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}], "add_generation_prompt": false},
         {"messages": [{"role": "user", "content": "2 + 2?"},
                       {"role": "assistant", "content": "<think>\nEasy.\n</think>\n\nFour.", "reasoning_content": "Easy."},
                       {"role": "user", "content": "And 3?"}], "add_generation_prompt": true, "enable_thinking": false},
         {"messages": [{"role": "user", "content": "2 + 2?"}], "add_generation_prompt": true, "enable_thinking": true, "thinking": true},
         {"messages": [{"role": "system", "content": "Help.", "tools": "[{\"name\": \"weather\"}]"}, {"role": "user", "content": "Paris?"}],
          "add_generation_prompt": true, "date_string": "01 Aug 2026", "tools": [TOOL]},
         {"messages": [{"role": "user", "content": "Paris?"},
                       {"role": "assistant", "content": "", "tool_calls": [{"id": "call00000", "type": "function",
                        "function": {"name": "weather", "arguments": {"city": "Paris", "days": 2, "exact": true}}}]},
                       {"role": "tool", "content": "12 °C", "name": "weather", "tool_call_id": "call00000"}],
          "add_generation_prompt": true, "date_string": "01 Aug 2026", "tools": [TOOL], "tools_in_user_message": false},
         {"messages": [{"role": "user", "content": "Who wrote it?"}], "add_generation_prompt": true,
          "documents": [{"doc_id": "1", "title": "Notes", "text": "Ada wrote it."}]},
         {"messages": [{"role": "robot", "content": "Hi"}], "add_generation_prompt": true}]
        """;

    private const string Tool = """
        {"type": "function", "function": {"name": "weather", "description": "The weather \"there\" & then", "parameters": {"type": "object",
         "properties": {"city": {"type": "string", "description": "Where"}, "days": {"type": "integer"}}, "required": ["city"]}}}
        """;

    // Here the JavaScript library refuses what Python's jinja2 renders, writes a mapping as [object Map], or strips otherwise. The 31
    // texts in which it differs from ours were compared with jinja2 3.1.2, set up as in make_jinja.py: there ours are the same.
    private static readonly string[] _otherInJavaScript =
    [
        "library/deepseek-r1:latest", "library/deepseek-v3.1:latest", "library/r1-1776:671b", "library/glm4:9b", "library/llama-guard3:1b",
        "library/llama3.2-vision:90b", "library/llama3.2-vision:latest", "library/qwen3-coder:30b", "library/qwq:32b",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PublishedTemplatesRenderAsHuggingFaceRendersThem()
    {
        var chats = JsonSerializer.Deserialize<Dictionary<string, object?>[]>(
            Chats.Replace("TOOL", Tool, StringComparison.Ordinal))!;
        foreach (var chat in chats) (chat["bos_token"], chat["eos_token"]) = ("<s>", "</s>");
        File.WriteAllText(_folder["chats.json"], JsonSerializer.Serialize(chats));
        var models = JsonSerializer.Deserialize<Published[]>(
            NpmPackages.RunScript("chat-templates.mjs", _folder["chats.json"]), JsonSerializerOptions.Web)!;
        Assert.True(models.Length >= 90, $"only {models.Length} templates");
        var compared = 0;
        var different = new List<string>();
        foreach (var (model, template, texts) in models.Where(model => !_otherInJavaScript.Contains(model.Model)))
        {
            foreach (var (index, (chat, expected)) in chats.Zip(texts).Index())
            {
                compared++;
                if (Render(template, chat) is var found && found != expected)
                    different.Add($"{model}, chat {index}:\n{expected ?? "refused"}\n---\n{found ?? "refused"}");
            }
        }
        Assert.True(different.Count == 0, $"{different.Count} of {compared} differ:\n{string.Join("\n======\n", different)}");
    }

    private static string? Render(string template, Dictionary<string, object?> chat)
    {
        var messages = ((JsonElement)chat["messages"]!).EnumerateArray().Select(message => new ChatMessage(
            message.GetProperty("role").GetString()!, message.GetProperty("content").GetString()!)
        {
            Extra = message.EnumerateObject().Where(field => field.Name is not ("role" or "content"))
                .ToDictionary(field => field.Name, field => (object?)field.Value),
        });
        var generate = ((JsonElement)chat["add_generation_prompt"]!).GetBoolean();
        var variables = chat.Where(pair => pair.Key is not ("messages" or "add_generation_prompt")).ToDictionary();
        try
        {
            return ChatTemplate.Parse(template).Render([.. messages], generate, variables);
        }
        catch (ChatTemplateException)
        {
            return null;
        }
    }

    private sealed record Published(string Model, string Template, string?[] Texts);
}
