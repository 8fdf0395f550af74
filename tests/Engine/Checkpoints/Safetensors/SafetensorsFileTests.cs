using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void ADeviceIsRefusedAsAPipeIs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such devices.");
        var refused = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open("/dev/null"));
        Assert.Contains("is empty, or is not a file on a disk", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Float32IsReadAsStored()
    {
        using var file = Open(SafetensorsBytes.Small);
        using var a = file.Read("a");
        Assert.Equal(ScalarType.Float32, a.dtype);
        Assert.Equal([1.5f, -2f], a.data<float>().ToArray());
    }

    [Theory]
    [InlineData("F16", ScalarType.Float16, new byte[] { 0x00, 0x3E, 0x00, 0xC0 })]    // 1.5 = 0x3E00, -2 = 0xC000
    [InlineData("BF16", ScalarType.BFloat16, new byte[] { 0xC0, 0x3F, 0x00, 0xC0 })]  // the upper halves of the float32s
    [InlineData("F64", ScalarType.Float64, new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0 })]
    public void OtherFloatsAreReadAsStored(string dtype, ScalarType type, byte[] data)
    {
        using var file = Open(One(dtype, "[2]", data));
        using var a = file.Read("a");
        using var wide = a.to(ScalarType.Float32);
        Assert.Equal(type, a.dtype);
        Assert.Equal([1.5f, -2f], wide.data<float>().ToArray());
    }

    [Theory]
    [InlineData(
        "I64", ScalarType.Int64, new byte[] { 5, 0, 0, 0, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF },
        new long[] { 5, -2 })]
    [InlineData("I32", ScalarType.Int32, new byte[] { 5, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF }, new long[] { 5, -2 })]
    [InlineData("I8", ScalarType.Int8, new byte[] { 5, 0xFE }, new long[] { 5, -2 })]
    [InlineData("U8", ScalarType.Byte, new byte[] { 5, 0xFE }, new long[] { 5, 254 })]
    [InlineData("BOOL", ScalarType.Bool, new byte[] { 1, 0 }, new long[] { 1, 0 })]
    public void WholeNumbersAreReadAsStored(string dtype, ScalarType type, byte[] data, long[] expected)
    {
        using var file = Open(One(dtype, "[2]", data));
        using var a = file.Read("a");
        using var wide = a.to(ScalarType.Int64);
        Assert.Equal(type, a.dtype);
        Assert.Equal(expected, wide.data<long>().ToArray());
    }

    [Fact]
    public void ShapesAreReadOutermostFirst()
    {
        using var file = Open(One("U8", "[2,3]", [0, 1, 2, 3, 4, 5]));
        using var a = file.Read("a");
        Assert.Equal([2, 3], a.shape);
        Assert.Equal(3, a[1, 0].ToInt32());
    }

    [Fact]
    public void ASingleNumberAndNoNumbersAreTensorsToo()
    {
        using var single = Open(One("U8", "[]", [7]));
        using var none = SafetensorsFile.Open(_folder.Write("none.safetensors", One("F32", "[0,3]", [])));
        using var scalar = single.Read("a");
        using var empty = none.Read("a");
        Assert.Equal(7, scalar.ToInt32());
        Assert.Equal([0, 3], empty.shape);
    }

    [Fact]
    public void TensorsOutliveTheFileTheyWereReadFrom()
    {
        Tensor a;
        using (var file = Open(SafetensorsBytes.Small))
            a = file.Read("a");
        Assert.Equal([1.5f, -2f], a.data<float>().ToArray());
        a.Dispose();
    }

    [Fact]
    public void ReadingLeavesOneTensorBehind()
    {
        using var file = Open(SafetensorsBytes.Small);
        using var scope = NewDisposeScope();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var a = file.Read("a");
        Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        a.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(1000)]
    public void WindowsCoverATensorOnce(int elements)
    {
        using var tensor = arange(7, dtype: ScalarType.Int16);
        var seen = new List<byte>();
        TensorBytes.ForEachWindow(tensor, elementBytes: 2, (window, offset) =>
        {
            Assert.Equal(seen.Count, offset);
            Assert.True(window.Length <= 2 * elements);
            seen.AddRange(window);
        }, windowBytes: 2 * elements);
        Assert.Equal([0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0], seen);
    }

    [Fact]
    public void ADtypeThatTensorsLackIsRefused()
    {
        using var file = Open(One("F8_E4M3", "[1]", [0]));
        Assert.Contains("is stored as F8_E4M3, which cannot be read here; F32, F16 or BF16 is needed",
            Assert.Throws<CheckpointException>(() => file.Read("a")).Message);
    }

    public void Dispose() => _folder.Dispose();

    private SafetensorsFile Open(byte[] bytes) => SafetensorsFile.Open(_folder.Write("x.safetensors", bytes));

    private static byte[] One(string dtype, string shape, byte[] data) =>
        SafetensorsBytes.File($$$"""{"a":{"dtype":"{{{dtype}}}","shape":{{{shape}}},"data_offsets":[0,{{{data.Length}}}]}}""", data);
}
