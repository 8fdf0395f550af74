using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class SafetensorsHeaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void TheHeaderListsEachTensorsPlace()
    {
        using var file = SafetensorsFile.Open(_folder.Write("x.safetensors", SafetensorsBytes.File(
            """{"__metadata__":{"format":"pt"},"b":{"dtype":"BF16","shape":[2,3],"data_offsets":[4,16]}""" +
            ""","a":{"dtype":"I32","shape":[],"data_offsets":[0,4]}}   """,
            new byte[16])));
        Assert.Equal(["a", "b"], file.Entries.Select(entry => entry.Name));
        Assert.Equal("BF16", file["b"].Dtype.Name);
        Assert.Equal([2, 3], file["b"].Shape);
        Assert.Equal((6, 12), (file["b"].Count, file["b"].Length));
        Assert.Equal(file["a"].Offset + 4, file["b"].Offset);
        Assert.Empty(file["a"].Shape);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.True(file.Contains("a"));
        Assert.False(file.Contains("c"));
    }

    [Fact]
    public void AFileWithoutTensorsIsWhole()
    {
        using var file = SafetensorsFile.Open(_folder.Write("x.safetensors", SafetensorsBytes.File("{}")));
        Assert.Empty(file.Entries);
    }

    [Fact]
    public void TensorsWithoutElementsTakeNoRoom()
    {
        using var file = SafetensorsFile.Open(_folder.Write("x.safetensors", SafetensorsBytes.File(
            """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""" +
            ""","none":{"dtype":"F32","shape":[0,9223372036854775807],"data_offsets":[4,4]}}""",
            new byte[4])));
        Assert.Equal(0, file["none"].Count);
    }

    [Fact]
    public void AFileShorterThanItsLengthFieldIsRefused() => Refuses([1, 2, 3], "is 3 bytes long; a safetensors file begins with 8 bytes");

    [Fact]
    public void AnEmptyFileIsRefused() => Refuses([], "is empty, or is not a file on a disk");

    [Fact]
    public void AHeaderLongerThanTheFileIsRefused() =>
        Refuses(
            [.. SafetensorsBytes.Length(50), .. "{}"u8],
            "announces a header of 50 bytes, but only 2 bytes follow: 48 are missing. The file was cut off.");

    [Fact]
    public void AHeaderOfMoreThan100MegabytesIsRefused() =>
        Refuses(
            [.. SafetensorsBytes.Length(100_000_001), .. "{}"u8], "announces a header of 100000001 bytes; at most 100000000 are allowed");

    [Fact]
    public void AHeaderLengthOfAllOnesIsRefused() =>
        Refuses([.. SafetensorsBytes.Length(ulong.MaxValue), .. "{}"u8], "announces a header of 18446744073709551615 bytes");

    [Fact]
    public void AWebPageIsRefused() =>
        Refuses("<!DOCTYPE html><html>"u8.ToArray(), "or another kind of file. Download or save the file again.");

    [Theory]
    [InlineData("""{"a":""", "is not valid JSON at line 1, byte 6")]
    [InlineData("""{"a":1} x""", "is not valid JSON at line 1, byte 9")]
    [InlineData("""[1]""", "is a JSON Array; it must be an object")]
    [InlineData("", "is not valid JSON")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", "half of a character")]
    public void AHeaderThatIsNotAnObjectIsRefused(string header, string message) => Refuses(SafetensorsBytes.File(header), message);

    [Fact]
    public void AHeaderThatIsNotUtf8IsRefused() =>
        Refuses(SafetensorsBytes.File([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)'}']), "not UTF-8");

    [Fact]
    public void ADeeplyNestedHeaderIsRefused() => Refuses(SafetensorsBytes.File(new string('[', 100_000)), "is not valid JSON");

    [Theory]
    [InlineData("""{"__metadata__":{"format":1}}""")]
    [InlineData("""{"__metadata__":["pt"]}""")]
    public void MetadataOtherThanTextsIsRefused(string header) => Refuses(SafetensorsBytes.File(header), "it must map texts to texts");

    [Theory]
    [InlineData("7", "is described by 7; it needs an object with dtype, shape and data_offsets")]
    [InlineData("""{"shape":[2],"data_offsets":[0,8]}""", "has no dtype")]
    [InlineData("""{"dtype":3,"shape":[2],"data_offsets":[0,8]}""", "has no dtype")]
    [InlineData("""{"dtype":"F33","shape":[2],"data_offsets":[0,8]}""", "has dtype \"F33\"; known are F64, F32")]
    [InlineData("""{"dtype":"F32","data_offsets":[0,8]}""", "has no shape")]
    [InlineData("""{"dtype":"F32","shape":2,"data_offsets":[0,8]}""", "has no shape; it needs a list")]
    [InlineData("""{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}""", "has shape [-2]; it needs whole numbers from 0")]
    [InlineData("""{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}""", "has shape [1.5]")]
    [InlineData("""{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}""", "has shape [\"2\"]")]
    [InlineData("""{"dtype":"F32","shape":[2]}""", "has no data_offsets")]
    [InlineData("""{"dtype":"F32","shape":[2],"data_offsets":[0]}""", "has 1 data_offsets; it needs two")]
    [InlineData("""{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]}""", "has 3 data_offsets")]
    [InlineData("""{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}""", "has data_offsets [-8,0]")]
    [InlineData("""{"dtype":"F32","shape":[2],"data_offsets":[8,0]}""", "begins at byte 8, after its end at byte 0")]
    [InlineData("""{"dtype":"F32","shape":[3],"data_offsets":[0,8]}""", "takes 8 bytes (0 to 8), but F32 [3] needs 12")]
    [InlineData("""{"dtype":"F16","shape":[2],"data_offsets":[0,8]}""", "takes 8 bytes (0 to 8), but F16 [2] needs 4")]
    [InlineData("""{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}""", "more elements than a file can hold")]
    [InlineData("""{"dtype":"F32","shape":[3037000500,3037000500],"data_offsets":[0,8]}""", "more elements than a file can hold")]
    [InlineData("""{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775799,9223372036854775807]}""", "beyond any file")]
    [InlineData("""{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}""", "has shape [99999999999999999999]")]
    public void AnImpossibleTensorIsRefusedByName(string tensor, string message) =>
        Refuses(SafetensorsBytes.File($$"""{"layers.0":{{tensor}}}""", new byte[8]), $"Tensor 'layers.0' in '", message);

    [Fact]
    public void ATensorNamedTwiceIsRefused() => Refuses(
        SafetensorsBytes.File(
            """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 0, 0),
        "the name 'a' stands twice");

    [Fact]
    public void OverlappingTensorsAreRefused() => Refuses(
        SafetensorsBytes.File(
            """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[3,7]}}""", new byte[7]),
        "Tensor 'b'", "begins at byte 3 of the data, but the tensor before it ends at byte 4: they overlap");

    [Fact]
    public void TwoTensorsInOnePlaceAreRefused() => Refuses(
        SafetensorsBytes.File(
            """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", new byte[4]),
        "they overlap");

    [Fact]
    public void AHoleBetweenTensorsIsRefused() => Refuses(
        SafetensorsBytes.File(
            """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[6,10]}}""", new byte[10]),
        "Tensor 'b'", "2 bytes belong to no tensor");

    [Fact]
    public void AHoleBeforeTheFirstTensorIsRefused() => Refuses(
        SafetensorsBytes.File("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""", new byte[6]), "2 bytes belong to no tensor");

    [Fact]
    public void MissingDataIsCounted() => Refuses(
        SafetensorsBytes.Small[..^3], "holds 5 bytes of tensor data; its header promises 8, so 3 bytes are missing. The file was cut off.");

    [Fact]
    public void DataLeftOverIsCounted() =>
        Refuses([.. SafetensorsBytes.Small, 1, 2], "holds 10 bytes of tensor data; its header accounts for 8, so 2 bytes are left over");

    [Fact]
    public void EveryTruncationOfAFileIsRefused()
    {
        for (var length = 0; length < SafetensorsBytes.Small.Length; length++)
            Refuses(SafetensorsBytes.Small[..length], "x.safetensors");
    }

    [Fact]
    public void NoSingleFlippedBitEndsInAnotherError()
    {
        var random = new Random(20);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = SafetensorsBytes.Small.ToArray();
            bytes[random.Next(bytes.Length - 8)] ^= (byte)(1 << random.Next(8));
            try
            {
                SafetensorsFile.Open(_folder.Write("x.safetensors", bytes)).Dispose();   // a changed name is still a file
            }
            catch (CheckpointException e)
            {
                Assert.Contains("x.safetensors", e.Message);
            }
        }
    }

    [Fact]
    public void AMissingFileIsRefused() =>
        Assert.Contains(
            "does not exist", Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(_folder["none.safetensors"])).Message);

    [Fact]
    public void AFolderInPlaceOfAFileIsRefused() => Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(_folder.Path));

    [Fact]
    public void AnUnknownNameIsRefused()
    {
        using var file = SafetensorsFile.Open(_folder.Write("x.safetensors", SafetensorsBytes.Small));
        Assert.Contains("holds no tensor 'b' among its 1", Assert.Throws<CheckpointException>(() => file["b"]).Message);
    }

    public void Dispose() => _folder.Dispose();

    private void Refuses(byte[] file, params string[] messageParts)
    {
        var path = _folder.Write("x.safetensors", file);
        var message = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path)).Message;
        Assert.Contains(path, message);
        Assert.All(messageParts, part => Assert.Contains(part, message));
        Assert.DoesNotContain("\n", message);
    }
}
