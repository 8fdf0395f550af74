using LlmRabbitHoles.Checkpoints;

namespace LlmRabbitHoles.Engine.Tests.Checkpoints;

public sealed class TokenizerConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void TokensAreTextsOrObjects()
    {
        var config = Read("""{"bos_token": "<s>", "eos_token": {"__type": "AddedToken", "content": "</s>", "lstrip": false}, "pad_token": null}""");
        Assert.Equal(("<s>", "</s>", null), (config.BosToken, config.EosToken, config.PadToken));
    }

    [Fact]
    public void AFolderWithoutTheFileSaysNothing() => Assert.Equal(new(null, null, null, null), TokenizerConfig.Read(_folder.Path));

    [Fact]
    public void TheTemplateNamedDefaultIsTaken() => Assert.Equal("b",
        Read("""{"chat_template": [{"name": "rag", "template": "a"}, {"name": "default", "template": "b"}]}""").ChatTemplate);

    [Fact]
    public void WithoutADefaultTheFirstTemplateIsTaken()
    {
        Assert.Equal("a", Read("""{"chat_template": [{"name": "rag", "template": "a"}, {"name": "tools", "template": "b"}]}""").ChatTemplate);
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
    public void WhatIsWrittenIsReadBackAndReadable()
    {
        TokenizerConfig written = new("<|endoftext|>", "<|end|>", null, "{% for m in messages %}<|{{ m['role'] }}|>{% endfor %}");
        var json = written.Write(contextLength: 512);
        Assert.Contains("\"tokenizer_class\": \"PreTrainedTokenizerFast\"", json);
        Assert.Contains("\"<|end|>\"", json);
        Assert.Equal(written, Read(json));
    }

    public void Dispose() => _folder.Dispose();

    private TokenizerConfig Read(string json)
    {
        _folder.Write("tokenizer_config.json", json);
        return TokenizerConfig.Read(_folder.Path);
    }
}
