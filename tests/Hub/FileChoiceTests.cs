namespace LlmRabbitHoles.Hub.Tests;

public sealed class FileChoiceTests
{
    [Fact]
    public void WeightsAreTakenOnce()
    {
        Assert.Equal(
            ["config.json", "model.safetensors", "tokenizer.json"],
            Taken("config.json", "model.safetensors", "tokenizer.json", "consolidated.safetensors", "pytorch_model.bin", "onnx/model.onnx",
                "original/model.safetensors", ".gitattributes", "README.md"));
        Assert.Equal(
            ["config.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", "model.safetensors.index.json"],
            Taken("config.json", "consolidated.safetensors", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors",
                "model.safetensors.index.json"));
        Assert.Equal(["weights.safetensors"], Taken("weights.safetensors"));
    }

    [Fact]
    public void EverythingThatDescribesTheModelIsTaken() => Assert.Equal(
        ["LICENSE", "added_tokens.json", "chat_template.jinja", "generation_config.json", "merges.txt", "model.safetensors",
            "special_tokens_map.json", "tokenizer.json", "tokenizer.model", "tokenizer_config.json", "vocab.json"],
        Taken("LICENSE", "added_tokens.json", "chat_template.jinja", "generation_config.json", "merges.txt", "model.safetensors",
            "special_tokens_map.json", "tokenizer.json", "tokenizer.model", "tokenizer_config.json", "vocab.json"));

    [Fact]
    public void ARepositoryOfOtherFormatsIsRefusedByName()
    {
        Assert.Equal(
            "alice/made holds no weights in safetensors, which the engine reads, only .bin. Choose another repository of the model, or " +
            "convert it.", Assert.Throws<HubException>(() => Taken("config.json", "pytorch_model.bin")).Message);
        Assert.Equal(
            "alice/made holds no weights in safetensors. Its GGUF files: a-q4.gguf, a-q8.gguf. Name one: ./rabbit pull alice/made --file " +
            "a-q4.gguf", Assert.Throws<HubException>(() => Taken("a-q4.gguf", "a-q8.gguf")).Message);
    }

    private static IEnumerable<string> Taken(params string[] paths) => FileChoice.ForEngine(new HubRepository(
        RepositoryName.Parse("alice/made"), new string('a', 40), [.. paths.Select(path => new HubFile(path, 1, "b"))]))
        .Taken.Select(file => file.Path).Order(StringComparer.Ordinal);
}
