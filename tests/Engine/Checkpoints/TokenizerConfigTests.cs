using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class TokenizerConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void TokensAreTextsOrObjects()
    {
        var config = Read(
            """{"bos_token": "<s>", "eos_token": {"__type": "AddedToken", "content": "</s>", "lstrip": false}, "pad_token": null}""");
        Assert.Equal(("<s>", "</s>", null), (config.BosToken, config.EosToken, config.PadToken));
    }

    [Fact]
    public void AFolderWithoutTheFileSaysNothing() => Assert.Equal(
        new(null, null, null, null) { SpecialTokens = None }, TokenizerConfig.Read(_folder.Path) with { SpecialTokens = None });

    [Fact]
    public void TheTemplateNamedDefaultIsTaken() => Assert.Equal("b",
        Read("""{"chat_template": [{"name": "rag", "template": "a"}, {"name": "default", "template": "b"}]}""").ChatTemplate);

    [Fact]
    public void WithoutADefaultTheFirstTemplateIsTaken()
    {
        Assert.Equal(
            "a", Read("""{"chat_template": [{"name": "rag", "template": "a"}, {"name": "tools", "template": "b"}]}""").ChatTemplate);
        Assert.Null(Read("""{"chat_template": []}""").ChatTemplate);
    }

    [Fact]
    public void ATemplateFileWinsOverTheKey()
    {
        _folder.Write("chat_template.jinja", "from file");
        Assert.Equal("from file", Read("""{"chat_template": "from key"}""").ChatTemplate);
    }

    [Theory]
    [InlineData("""{"eos_token": 2}""", "eos_token in '", "is 2; it must be a text in quotes")]
    [InlineData("""{"chat_template": 2}""", "chat_template in '", "is 2; it must be a text")]
    [InlineData("""{"chat_template": [{"name": "default"}]}""", "chat_template in '", "a list of objects with name and template")]
    public void OtherValuesAreRefused(string json, string place, string message)
    {
        var found = Assert.Throws<CheckpointException>(() => Read(json)).Message;
        Assert.Contains(place, found);
        Assert.Contains(message, found);
    }

    [Fact]
    public void WrittenSettingsAreReadBackAndReadable()
    {
        TokenizerConfig written = new("<|endoftext|>", "<|end|>", null, "{% for m in messages %}<|{{ m['role'] }}|>{% endfor %}");
        var json = written.Write(contextLength: 512);
        Assert.Contains("\"tokenizer_class\": \"PreTrainedTokenizerFast\"", json);
        Assert.Contains("\"<|end|>\"", json);
        Assert.Equal(written with { SpecialTokens = None }, Read(json) with { SpecialTokens = None });
    }

    [Fact]
    public void AllSpecialTokensAreKnownByTransformersNames()
    {
        var tokens = Read("""
            {"added_tokens_decoder": {}, "bos_token": "<s>", "eos_token": {"content": "</s>"}, "unk_token": {"content": "<unk>",
             "special": true}, "pad_token": null, "mask_token": "<m>",
             "additional_special_tokens": ["<a>", {"content": "<b>"}], "extra_special_tokens": {"image_token": "<image>"}}
            """).SpecialTokens;
        Assert.Equal(
            ("<s>", "</s>", "<unk>", "<m>", "<image>"),
            (tokens["bos_token"], tokens["eos_token"], tokens["unk_token"], tokens["mask_token"], tokens["image_token"]));
        Assert.Equal(["<a>", "<b>"], (List<object?>)tokens["additional_special_tokens"]!);
        Assert.False(tokens.ContainsKey("pad_token"));
    }

    [Fact]
    public void TheMapOfSpecialTokensAddsWhatTheConfigDoesNotName()
    {
        _folder.Write(
            "special_tokens_map.json",
            """{"bos_token": {"content": "<map>"}, "eos_token": "<end>", "pad_token": "<pad>", "additional_special_tokens": ["<x>"]}""");
        var modern = Read("""{"added_tokens_decoder": {}, "bos_token": "<s>", "pad_token": null}""").SpecialTokens;
        Assert.Equal(("<s>", "<end>", false), (modern["bos_token"], modern["eos_token"], modern.ContainsKey("pad_token")));
        Assert.Equal(["<x>"], (List<object?>)modern["additional_special_tokens"]!);
        Assert.Equal(
            ("<map>", "<pad>"),
            (Read("""{"bos_token": "<s>", "pad_token": null}""").SpecialTokens["bos_token"], Read("{}").SpecialTokens["pad_token"]));
    }

    [Theory]
    [InlineData("""{"additional_special_tokens": "<a>"}""", "additional_special_tokens in '")]
    [InlineData("""{"additional_special_tokens": [3]}""", "a list of texts")]
    [InlineData("""{"unk_token": [1]}""", "unk_token in '")]
    public void SpecialTokensOfOtherKindsAreRefused(string json, string message) =>
        Assert.Contains(message, Assert.Throws<CheckpointException>(() => Read(json)).Message);

    private static readonly IReadOnlyDictionary<string, object?> None = new Dictionary<string, object?>();

    public void Dispose() => _folder.Dispose();

    private TokenizerConfig Read(string json)
    {
        _folder.Write("tokenizer_config.json", json);
        return TokenizerConfig.Read(_folder.Path);
    }
}
