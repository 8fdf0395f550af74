using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["x.safetensors"];

    [Fact]
    public void TheBytesAreThoseOfTheFormat()
    {
        using var a = tensor(new[] { 1.5f, -2f });
        SafetensorsWriter.Write(File, [TensorToStore.From("a", a)]);
        // The JSON is padded with spaces so that the data begins at a multiple of 8.
        var header = """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
        var padding = (8 - (header.Length % 8)) % 8;
        Assert.Equal(
            SafetensorsBytes.File(header + new string(' ', padding), 0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0), System.IO.File.ReadAllBytes(File));
    }

    [Theory]
    [InlineData(ScalarType.Float16, new byte[] { 0x00, 0x3E, 0x00, 0xC0 })]
    [InlineData(ScalarType.BFloat16, new byte[] { 0xC0, 0x3F, 0x00, 0xC0 })]
    public void WeightsAreConvertedOnTheWay(ScalarType type, byte[] data)
    {
        using var a = tensor(new[] { 1.5f, -2f });
        SafetensorsWriter.Write(File, [new("a", type, [2], a.detach)]);
        Assert.Equal(data, System.IO.File.ReadAllBytes(File)[^4..]);
    }

    [Fact]
    public void WiderDtypesComeFirstThenNamesInOrder()
    {
        using var half = zeros(1, dtype: ScalarType.Float16);
        using var single = zeros(1);
        SafetensorsWriter.Write(File, [TensorToStore.From("a", half), TensorToStore.From("c", single), TensorToStore.From("b", single)]);
        using var file = SafetensorsFile.Open(File);
        Assert.Equal(["b", "c", "a"], file.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        using var scope = NewDisposeScope();
        var random = new Random(1);
        var values = Enumerable.Range(0, 60).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var matrix = tensor(values).reshape(3, 4, 5);
        SafetensorsWriter.Write(
            File,
            [TensorToStore.From("m", matrix), TensorToStore.From("t", matrix.transpose(0, 2)), TensorToStore.From("none", zeros(0, 3))]);
        using var file = SafetensorsFile.Open(File);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(values, file.Read("m").data<float>().ToArray());
        Assert.Equal([5, 4, 3], file.Read("t").shape);
        Assert.Equal(matrix[2, 1, 4].item<float>(), file.Read("t")[4, 1, 2].item<float>());
        Assert.Equal([0, 3], file.Read("none").shape);
    }

    [Fact]
    public void NamesOfAllAlphabetsAreReadBack()
    {
        using var a = zeros(1);
        SafetensorsWriter.Write(File, [TensorToStore.From("ваги \"1\" \\ 🐇", a)]);
        using var file = SafetensorsFile.Open(File);
        Assert.Equal("ваги \"1\" \\ 🐇", file.Entries[0].Name);
    }

    [Fact]
    public void TheHeaderEndsAtAMultipleOfEightBytes()
    {
        using var a = zeros(1);
        for (var length = 1; length <= 9; length++)
        {
            SafetensorsWriter.Write(File, [TensorToStore.From(new('n', length), a)]);
            using var file = SafetensorsFile.Open(File);
            Assert.Equal(0, file.Entries[0].Offset % 8);
        }
    }

    [Fact]
    public void AFullDiskLeavesTheOldFileAndNothingElse()
    {
        _folder.Write("x.safetensors", "old");
        using var a = zeros(4);
        var error = Assert.Throws<CheckpointException>(() => SafetensorsWriter.Write(File,
            [TensorToStore.From("a", a), new("b", ScalarType.Float32, [4], () => throw new IOException("No space left on device."))]));
        Assert.Equal(
            $"'{File}' could not be written: No space left on device. No file was left half-written; " +
            "free space or choose another folder, and save again.", error.Message);
        Assert.Equal("old", System.IO.File.ReadAllText(File));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void AnImpossibleFolderIsRefused()
    {
        _folder.Write("file", "");
        using var a = zeros(1);
        Assert.Contains("is a file, so nothing can be written below it",
            Assert.Throws<CheckpointException>(
                () => SafetensorsWriter.Write(_folder["file/x.safetensors"], [TensorToStore.From("a", a)])).Message);
    }

    [Fact]
    public void ATensorOfAnotherShapeThanAnnouncedIsRefused()
    {
        using var a = zeros(4);
        Assert.Contains("Tensor 'a' to save is [4]; [3] was announced",
            Assert.Throws<CheckpointException>(() => SafetensorsWriter.Write(File, [new("a", ScalarType.Float32, [3], a.detach)])).Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void ShardsHoldAtMostTheirBytesInOrder()
    {
        TensorToStore Of(string name, int bytes) => new(name, ScalarType.Byte, [bytes], () => throw new InvalidOperationException());
        var shards = SafetensorsWriter.Shards([Of("a", 4), Of("b", 4), Of("c", 3), Of("d", 20), Of("e", 1)], mostBytes: 8);
        Assert.Equal(["ab", "c", "d", "e"], shards.Select(shard => string.Concat(shard.Select(tensor => tensor.Name))));
    }

    [Fact]
    public void WritingLeavesNoTensorBehind()
    {
        using var a = zeros(4);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        SafetensorsWriter.Write(File, [new("a", ScalarType.BFloat16, [4], a.detach)]);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    public void Dispose() => _folder.Dispose();
}
