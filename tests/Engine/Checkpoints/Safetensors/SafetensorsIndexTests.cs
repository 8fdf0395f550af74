using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class SafetensorsIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void ASingleFileIsTheWholeIndex()
    {
        _folder.Write("model.safetensors", SafetensorsBytes.Small);
        using var index = SafetensorsIndex.Open(_folder.Path);
        Assert.Equal(["a"], index.Names);
        Assert.Equal(8, index.Bytes);
        Assert.True(index.Contains("a"));
    }

    [Fact]
    public void ASingleFileOfAnyNameWillDo()
    {
        _folder.Write("weights.safetensors", SafetensorsBytes.Small);
        using var index = SafetensorsIndex.Open(_folder.Path);
        Assert.Equal(["a"], index.Names);
    }

    [Fact]
    public void ShardsAreOneIndex()
    {
        WriteShards("""{"a": "model-1.safetensors", "b": "model-2.safetensors"}""");
        using var index = SafetensorsIndex.Open(_folder.Path);
        Assert.Equal(["a", "b"], index.Names.Order());
        Assert.Equal(_folder["model-2.safetensors"], index["b"].File);
        Assert.Equal(2, index.Files.Count);
    }

    [Fact]
    public void AMissingShardIsNamed()
    {
        WriteShards("""{"a": "model-1.safetensors", "b": "model-3.safetensors"}""");
        Refuses("names the shard 'model-3.safetensors', which is not in '", "Download the missing shard.");
    }

    [Fact]
    public void ATensorThatIsNotInItsShardIsNamed()
    {
        WriteShards("""{"a": "model-1.safetensors", "b": "model-1.safetensors"}""");
        Refuses("says that tensor 'b' is in 'model-1.safetensors', but it is not among the 1 tensors there");
    }

    [Fact]
    public void ADamagedShardIsNamed()
    {
        WriteShards("""{"a": "model-1.safetensors", "b": "model-2.safetensors"}""");
        _folder.Write("model-2.safetensors", SafetensorsBytes.Small[..^1]);
        Refuses(_folder["model-2.safetensors"], "1 bytes are missing");
    }

    [Theory]
    [InlineData("../model-1.safetensors")]
    [InlineData("/etc/passwd")]
    [InlineData("sub/model-1.safetensors")]
    [InlineData("..")]
    [InlineData("")]
    public void AShardLiesBesideItsIndex(string shard)
    {
        WriteShards($$"""{"a": "{{shard}}"}""");
        Refuses("the name of a file beside the index, without a folder");
    }

    [Theory]
    [InlineData("{}", "weight_map in '", "is empty; it must name each tensor's file")]
    [InlineData("[]", "weight_map in '", "is []; it must be an object")]
    [InlineData("""{"a": 7}""", "weight_map.a in '", "is 7; it must be a text")]
    [InlineData("""{"a": null}""", "weight_map.a in '", "it must be a file name")]
    [InlineData("null", "has no weight_map", "")]
    public void ABrokenListOfShardsIsRefused(string weightMap, string place, string message)
    {
        WriteShards(weightMap);
        Refuses(place, message);
    }

    [Fact]
    public void AFolderWithoutWeightsIsRefused() =>
        Refuses("holds no weights: looked for model.safetensors, model.safetensors.index.json and *.safetensors. Download");

    [Fact]
    public void WeightsOfAnotherFormatAreNamed()
    {
        _folder.Write("pytorch_model.bin", "");
        Refuses("found only pytorch_model.bin");
    }

    [Fact]
    public void SeveralFilesWithoutAnIndexAreRefused()
    {
        _folder.Write("a.safetensors", SafetensorsBytes.Small);
        _folder.Write("b.safetensors", SafetensorsBytes.Small);
        Refuses("holds 2 safetensors files (a.safetensors, b.safetensors) but no model.safetensors.index.json");
    }

    [Fact]
    public void AnUnknownNameIsRefused()
    {
        _folder.Write("model.safetensors", SafetensorsBytes.Small);
        using var index = SafetensorsIndex.Open(_folder.Path);
        Assert.Contains("holds no tensor 'b' among its 1", Assert.Throws<CheckpointException>(() => index["b"]).Message);
    }

    public void Dispose() => _folder.Dispose();

    private void WriteShards(string weightMap)
    {
        _folder.Write("model-1.safetensors", SafetensorsBytes.Small);
        _folder.Write("model-2.safetensors", SafetensorsBytes.Zeros(("b", [3])));
        _folder.Write("model.safetensors.index.json", $$"""{"metadata": {"total_size": 20}, "weight_map": {{weightMap}}}""");
    }

    private void Refuses(params string[] messageParts)
    {
        var message = Assert.Throws<CheckpointException>(() => SafetensorsIndex.Open(_folder.Path)).Message;
        Assert.All(messageParts, part => Assert.Contains(part, message));
    }
}
