using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class WeightHashesTests : IDisposable
{
    private static readonly DecoderConfig Config =
        DecoderConfig.Llama(vocabulary: 10, hidden: 8, layers: 1, heads: 2, feedForward: 12, context: 32);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // FIPS 180-2, appendix B.1.
    [Fact]
    public void TheHashIsSha256() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", WeightHashes.Of(_folder.Write("abc", "abc")));

    [Fact]
    public void ASavedCheckpointRecordsItsHashes()
    {
        Save(shardBytes: 600);
        var shards = Directory.GetFiles(_folder.Path, "*.safetensors").Order(StringComparer.Ordinal).ToArray();
        Assert.True(shards.Length > 1);
        var expected = shards.Select(shard => $"{WeightHashes.Of(shard)}  {Path.GetFileName(shard)}\n");
        Assert.Equal(string.Concat(expected), File.ReadAllText(_folder[WeightHashes.FileName]));
        Load();
    }

    [Fact]
    public void ChangedWeightsAreRefusedWithBothHashesAndAWayOut()
    {
        Save();
        var before = WeightHashes.Of(_folder["model.safetensors"]);
        Damage();
        var message = Assert.Throws<CheckpointException>(Load).Message;
        Assert.StartsWith($"The hash of model.safetensors in '{_folder.Path}' is {WeightHashes.Of(_folder["model.safetensors"])}, " +
            $"and SHA256SUMS records {before}", message, StringComparison.Ordinal);
        Assert.EndsWith($"record it: cd {_folder.Path} && sha256sum *.safetensors > SHA256SUMS", message, StringComparison.Ordinal);
    }

    [Fact]
    public void SavingAgainRecordsTheNewHash()
    {
        Save(seed: 1);
        var before = File.ReadAllText(_folder[WeightHashes.FileName]);
        Save(seed: 2);
        Assert.NotEqual(before, File.ReadAllText(_folder[WeightHashes.FileName]));
        Load();
    }

    [Fact]
    public void WithoutAListNothingIsChecked()
    {
        Save();
        File.Delete(_folder[WeightHashes.FileName]);
        Damage();
        Load();
    }

    [Fact]
    public void OtherFilesInTheListAreNotRead()
    {
        Save();
        File.AppendAllText(_folder[WeightHashes.FileName], $"{new string('0', 64)} *vocabulary.bin\n\n");
        Load();
    }

    [Fact]
    public void ALineThatIsNotAHashIsRefused()
    {
        Save();
        File.AppendAllText(_folder[WeightHashes.FileName], "40fe  model.safetensors\n");
        Assert.Contains("Line 2 of '", Assert.Throws<CheckpointException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASaveThatFailsKeepsTheOldList()
    {
        Save();
        Directory.CreateDirectory(_folder["model.safetensors.partial"]);   // the place to write aside is taken
        Assert.Throws<CheckpointException>(() => Save(seed: 2));
        Load();
    }

    private void Load() => LanguageModel.Load(_folder.Path, "cpu").Dispose();

    private void Damage()
    {
        var bytes = File.ReadAllBytes(_folder["model.safetensors"]);
        bytes[^20] ^= 0x5a;
        _folder.Write("model.safetensors", bytes);
    }

    private void Save(int seed = 1, long shardBytes = long.MaxValue)
    {
        using var scope = NewDisposeScope();
        var random = new Random(seed);
        Checkpoint.Save(_folder.Path, Config, WeightMap.For(Config).ToDictionary(spec => spec.Name, MakeWeight), shardBytes: shardBytes);
        Tensor MakeWeight(WeightSpec spec) =>
            tensor(Enumerable.Range(0, (int)spec.Count).Select(_ => random.NextSingle() - 0.5f).ToArray(), spec.Shape);
    }
}
