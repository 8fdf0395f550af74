using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>
/// The committed models as Hugging Face's libraries for tokenizers and templates read them. Skipped where npm cannot install them.
/// </summary>
public sealed class HuggingFaceFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Models =>
    [
        .. Directory.GetDirectories(Path.GetDirectoryName(Repository.Alice)!)
            .Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Models))]
    public void TokenizerAndTemplateMeanTheSame(string model) => MeansTheSame(FolderOf(model));

    [Fact]
    public void TheTemplateThatTheNextModelGetsMeansTheSame()
    {
        foreach (var file in Directory.GetFiles(Repository.Alice)) File.Copy(file, _folder[Path.GetFileName(file)]);
        _folder.Write("chat_template.jinja", Repository.AliceTemplate);
        MeansTheSame(_folder.Path);
    }

    private void MeansTheSame(string folder)
    {
        using var checkpoint = Checkpoint.Open(folder);
        var tokenizer = checkpoint.Tokenizer!;
        var texts = TokenizerTexts.WellFormed;
        var chats = JsonNode.Parse(Chats)!.AsArray();
        var tasks = new JsonObject { ["texts"] = JsonSerializer.SerializeToNode(texts), ["chats"] = chats.DeepClone() };
        _folder.Write("tasks.json", tasks.ToJsonString());

        var theirs = JsonDocument.Parse(NpmPackages.RunScript("hugging-face.mjs", checkpoint.Folder, _folder["tasks.json"])).RootElement;

        var encoded = theirs.GetProperty("ids").EnumerateArray()
            .Select(ids => ids.EnumerateArray().Select(id => id.GetInt32()).ToArray()).ToArray();
        var decoded = theirs.GetProperty("decoded").EnumerateArray().Select(text => text.GetString()).ToArray();
        Assert.All(texts.Zip(encoded), pair => Assert.Equal(pair.Second, tokenizer.Encode(pair.First)));
        Assert.All(encoded.Zip(decoded), pair => Assert.Equal(pair.Second, tokenizer.Decode(pair.First, skipSpecialTokens: true)));
        Assert.Equal(
            theirs.GetProperty("chats").EnumerateArray().Select(chat => chat.GetString()),
            chats.Select(chat => Render(checkpoint.ChatTemplate!, chat!.AsObject())));
    }

    /// <summary>What transformers takes for itself where a key is missing: LlamaConfig would begin texts with token 1.</summary>
    [Theory, MemberData(nameof(Models))]
    public void EveryKeyThatTransformersWouldGuessIsThere(string model)
    {
        var config = Read(model, "config.json");
        Assert.Equal("LlamaForCausalLM", (string)config["architectures"]![0]!);
        Assert.All(
            new[]
            {
                "bos_token_id", "eos_token_id", "pad_token_id", "head_dim", "num_key_value_heads", "rms_norm_eps", "rope_theta",
                "tie_word_embeddings",
            },
            key => Assert.True(config.ContainsKey(key), key));
        var tokenizer = Read(model, "tokenizer_config.json");
        Assert.Equal("PreTrainedTokenizerFast", (string)tokenizer["tokenizer_class"]!);
        Assert.Equal((int)config["max_position_embeddings"]!, (int)tokenizer["model_max_length"]!);
        Assert.Equal(
            Read(model, "tokenizer.json")["added_tokens"]!.AsArray().Select(token => (string)token!["content"]!),
            tokenizer["added_tokens_decoder"]!.AsObject().Select(token => (string)token.Value!["content"]!));
    }

    private const string Chats =
        """
        [
          {"messages": [{"role": "user", "content": "Hi"}], "add_generation_prompt": true},
          {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi\nthere"},
         {"role": "assistant", "content": "Hello!"}], "add_generation_prompt": false},
          {"messages": [{"role": "user", "content": "12 * 7?"}], "add_generation_prompt": true, "enable_thinking": false},
          {
            "messages": [
              {"role": "user", "content": "What is 12 * 7, and the time?"},
              {"role": "assistant", "content": "", "reasoning_content": "Plan: 1. ask", "tool_calls": [
                {"type": "function", "function": {"name": "calculator", "arguments": {"expression": "12 * 7"}}},
                {"type": "function", "function": {"name": "clock", "arguments": {"city": "S\u00e3o \"Paulo\""}}}]},
              {"role": "tool", "content": "84"}, {"role": "tool", "content": "noon"}
            ],
            "tools": [
              {"type": "function", "function": {"name": "calculator", "description": "works out a calculation",
                "parameters": {"type": "object", "properties": {"expression": {"type": "string"}}, "required": ["expression"]}}},
              {"type": "function", "function": {"name": "lookup", "description": "looks up a fact",
                "parameters": {"type": "object", "properties": {"subject": {"type": "string"},
         "property": {"type": "string"}}, "required": []}}}
            ],
            "add_generation_prompt": true
          },
          {
            "messages": [{"role": "system", "content": "You are Alice."}, {"role": "user", "content": "Hello"}],
            "tools": [{"type": "function", "function": {"name": "clock", "description": "tells the time in a city",
         "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}],
            "add_generation_prompt": true, "enable_thinking": true
          }
        ]
        """;

    private static string Render(ChatTemplate template, JsonObject chat) => template.Render(
        [.. chat["messages"]!.AsArray().Select(message => Message(message!.AsObject()))],
        (bool)chat["add_generation_prompt"]!,
        chat
            .Where(member => member.Key is not ("messages" or "add_generation_prompt"))
            .ToDictionary(member => member.Key, member => (object?)member.Value));

    private static ChatMessage Message(JsonObject message) => new((string)message["role"]!, (string)message["content"]!)
    {
        Extra = message
            .Where(member => member.Key is not ("role" or "content"))
            .ToDictionary(member => member.Key, member => (object?)member.Value),
    };

    private static JsonObject Read(string model, string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(FolderOf(model), file)))!.AsObject();

    private static string FolderOf(string model) => Path.Combine(Path.GetDirectoryName(Repository.Alice)!, model);
}
