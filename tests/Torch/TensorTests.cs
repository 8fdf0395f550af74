using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class TensorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void TextShowsShapeDtypeAndDevice()
    {
        Assert.Equal("[2x3], type = Float32, device = cpu", zeros(2, 3).ToString());
        Assert.Equal("[], type = Int64, device = cpu", tensor(1L).ToString());
        Assert.Equal("[4], type = Float32, device = meta", zeros(4, device: META).ToString());
    }

    [Fact]
    public void MetadataDescribesTheTensor()
    {
        var x = zeros([2, 3, 4], ScalarType.Int16);
        Assert.Equal([2L, 3, 4], x.shape);
        Assert.Equal(3, x.ndim);
        Assert.Equal(24, x.numel());
        Assert.Equal(2, x.element_size());
        Assert.Equal(4, x.size(-1));
        Assert.Equal([12L, 4, 1], x.stride());
        Assert.Equal(DeviceType.CPU, x.device.type);
        Assert.True(x.is_contiguous());
        Assert.False(x.transpose(0, 1).is_contiguous());
        Assert.Equal(4, x[1].narrow(0, 1, 1).storage_offset() - x[1].storage_offset());
    }

    [Fact]
    public void ScalarsKeepTheirType()
    {
        Assert.Equal(ScalarType.Int64, tensor(1L).dtype);
        Assert.Equal(ScalarType.Int32, tensor(1).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1f).dtype);
        Assert.Equal(ScalarType.Float64, tensor(1.0).dtype);
        Assert.Equal(ScalarType.Bool, tensor(true).dtype);
        Assert.Equal(ScalarType.BFloat16, tensor(1.0, ScalarType.BFloat16).dtype);
        Assert.Equal(ScalarType.Int64, full(2, 7).dtype);
        Assert.Equal(ScalarType.Float32, full(2, 7f).dtype);
        Assert.Equal(ScalarType.Float32, full(2, 7.0).dtype);
    }

    [Fact]
    public void ANumberDoesNotChangeARealDtype()
    {
        Assert.Equal(ScalarType.BFloat16, (zeros(1, ScalarType.BFloat16) + 1.5).dtype);
        Assert.Equal(ScalarType.Float32, (arange(3) + 1.5).dtype);
        Assert.Equal(ScalarType.Int64, (arange(3) + 1).dtype);
    }

    [Fact]
    public void ArraysOfEveryRankBecomeTensors()
    {
        Assert.Equal([3L], tensor(new[] { 1, 2, 3 }).shape);
        Assert.Equal([2L, 2], tensor(new[,] { { 1f, 2f }, { 3f, 4f } }).shape);
        Assert.Equal([1L, 2, 3], tensor(new double[1, 2, 3]).shape);
        Assert.Equal([1L, 2, 3, 4], tensor(new long[1, 2, 3, 4]).shape);
        Assert.Equal([2L, 3], tensor(new List<float> { 1, 2, 3, 4, 5, 6 }, 2, 3).shape);
        Assert.Equal([2L, 1], tensor(new float[] { 1, 2 }.AsMemory(), [2, 1]).shape);
        Assert.Equal([1f, 2f, 3f, 4f], tensor(new[,] { { 1f, 2f }, { 3f, 4f } }).data<float>().ToArray());
        Assert.Equal([2L], as_tensor(new[] { 1f, 2f }).shape);
        Assert.Equal([0L], tensor(Array.Empty<float>()).shape);
    }

    [Fact]
    public void ATensorCopiesItsArray()
    {
        var array = new[] { 1f, 2f };
        var copy = tensor(array);
        array[0] = 9;
        Assert.Equal(1f, copy[0].item<float>());
    }

    [Fact]
    public void FromArrayAndAsTensorShareTheArray()
    {
        var array = new[,] { { 1f, 2f }, { 3f, 4f } };
        var shared = from_array(array);
        shared[1, 0] = 9f;
        Assert.Equal(9f, array[1, 0]);
        Assert.Equal([2L, 2], shared.shape);
        var row = new[] { true, false };
        as_tensor(row)[1] = true;
        Assert.True(row[1]);
        var converted = from_array(array, ScalarType.Float64);
        converted[0, 0] = 7.0;
        Assert.Equal(1f, array[0, 0]);
    }

    [Fact]
    public void ASharedArrayStaysAliveWithItsTensor()
    {
        var shared = from_array(Enumerable.Range(0, 100_000).ToArray());
        for (var i = 0; i < 20; i++)
            _ = Enumerable.Range(0, 100_000).ToArray();
        Assert.Equal(4_999_950_000, shared.sum().item<long>());
    }

    [Fact]
    public void FrombufferSharesTheArray()
    {
        var array = new[] { 1f, 2f, 3f, 4f };
        var shared = frombuffer(array, ScalarType.Float32, count: 2, offset: 1);
        array[1] = 9;
        shared[1] = 8f;
        Assert.Equal([9f, 8f], shared.data<float>().ToArray());
        Assert.Equal([1f, 9f, 8f, 4f], array);
    }

    [Fact]
    public void DataReadsViewsInRowMajorOrder()
    {
        var x = arange(6).reshape(2, 3);
        Assert.Equal([0L, 3, 1, 4, 2, 5], x.T.data<long>().ToArray());
        Assert.Equal([0L, 3, 1, 4, 2, 5], x.T.data<long>());
        Assert.Equal(4L, x.T.data<long>()[1, 1]);
        Assert.Equal(6, x.data<long>().Count);
        var some = new long[2];
        x.T.data<long>().CopyTo(some, 0, 1);
        Assert.Equal([3L, 1], some);
        Assert.Equal(new long[,] { { 0, 1, 2 }, { 3, 4, 5 } }, x.data<long>().ToNDArray());
    }

    [Fact]
    public void DataWritesThrough()
    {
        var x = zeros(2, 2);
        var data = x.data<float>();
        data[3] = 7;
        data[0, 1] = 5;
        Assert.Equal([0f, 5f, 0f, 7f], x.data<float>().ToArray());
    }

    [Fact]
    public void BytesAreTheMemory()
    {
        var x = tensor(new short[] { 1, 256 });
        Assert.Equal([1, 0, 0, 1], x.bytes.ToArray());
        x.bytes = new byte[] { 2, 0, 3, 0 };
        Assert.Equal([2, 3], x.data<short>().ToArray());
    }

    [Fact]
    public void StreamsCarryTheBytes()
    {
        var x = randn(1000);
        using var stream = new MemoryStream();
        x.WriteBytesToStream(stream);
        stream.Position = 0;
        var y = empty(1000);
        y.ReadBytesFromStream(stream);
        Assert.True(x.Equals(y));
    }

    [Fact]
    public void SixteenBitFloatsComeAsTheirOwnTypes()
    {
        Assert.Equal([(Half)1.5f], tensor(new[] { 1.5f }).half().data<Half>().ToArray());
        Assert.Equal([new BFloat16(1.5f)], tensor(new[] { 1.5f }).bfloat16().data<BFloat16>().ToArray());
        Assert.Equal(1.5f, tensor(new[] { 1.5f }).bfloat16().ToSingle());
        Assert.Equal(ScalarType.Float16, tensor(new[] { (Half)1 }).dtype);
        Assert.Equal(ScalarType.BFloat16, tensor(new[] { new BFloat16(1) }).dtype);
    }

    [Theory]
    [InlineData(1f, 0x3F80)]
    [InlineData(-2f, 0xC000)]
    [InlineData(1.00390625f, 0x3F80)] // halfway between two: the even one
    [InlineData(1.01171875f, 0x3F82)]
    [InlineData(float.PositiveInfinity, 0x7F80)]
    public void BFloat16RoundsToNearestEven(float value, int bits) =>
        Assert.Equal(BFloat16.FromRawValue((ushort)bits), new BFloat16(value));

    [Fact]
    public void BFloat16RoundsAsTheTensorsDo()
    {
        var x = randn(1000);
        Assert.Equal(x.data<float>().ToArray().Select(value => new BFloat16(value)), x.bfloat16().data<BFloat16>().ToArray());
    }

    [Fact]
    public void NumbersAreConvertedOnTheWayOut()
    {
        Assert.Equal(3, tensor(3L).ToInt32());
        Assert.Equal(3.5, tensor(3.5f).ToDouble());
        Assert.True(tensor(1).ToBoolean());
        Assert.Equal(3f, (float)tensor(3));
        Assert.Equal(2L, tensor(2.9).ToInt64());
    }

    [Fact]
    public void OperationsInPlaceReturnTheTensorItself()
    {
        var x = ones(3);
        Assert.Same(x, x.add_(1).mul_(3).sub_(tensor(1f)).div_(5));
        Assert.Equal([1f, 1f, 1f], x.data<float>().ToArray());
        Assert.Same(x, x.zero_().fill_(4).sqrt_().clamp_(max: 1.5));
        Assert.Equal([1.5f, 1.5f, 1.5f], x.data<float>().ToArray());
        Assert.Same(x, x.copy_(arange(3)));
        Assert.Same(x, x.addcmul_(x, x, 2).addcdiv_(x, ones(3), 1).lerp_(zeros(3), full(3, 0.5f)));
        Assert.Equal([0f, 3f, 10f], x.data<float>().ToArray());
    }

    [Fact]
    public void ToSharesMemoryWhereNothingChanges()
    {
        var x = zeros(2);
        x.to(ScalarType.Float32)[0] = 1f;
        x.cpu()[1] = 2f;
        x.to(ScalarType.Float32, copy: true)[0] = 9f;
        Assert.Equal([1f, 2f], x.data<float>().ToArray());
    }

    [Fact]
    public void ToCanDisposeItsSource()
    {
        var x = zeros(2);
        var y = x.to(ScalarType.Int32, disposeAfter: true);
        Assert.True(x.IsInvalid);
        Assert.Equal(ScalarType.Int32, y.dtype);
    }

    [Fact]
    public void RandomIntegersStayInTheirRange()
    {
        var drawn = randint(3, 6, [1000]);
        Assert.Equal(ScalarType.Int64, drawn.dtype);
        Assert.Equal(3, drawn.min().item<long>());
        Assert.Equal(5, drawn.max().item<long>());
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), randperm(10).data<long>().ToArray().Order());
    }

    [Fact]
    public void MultinomialFollowsTheWeights()
    {
        var drawn = tensor(new[] { 0f, 1f, 0f }).multinomial(5, replacement: true);
        Assert.Equal([1L, 1, 1, 1, 1], drawn.data<long>().ToArray());
    }

    [Fact]
    public void LikeKeepsShapeAndDtype()
    {
        var x = zeros([2, 3], ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, ones_like(x).dtype);
        Assert.Equal([2L, 3], x.full_like(2).shape);
        Assert.Equal(ScalarType.Int32, zeros_like(x, ScalarType.Int32).dtype);
    }

    [Fact]
    public void AllCoresComputeUnlessToldOtherwise()
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null && Environment.GetEnvironmentVariable("RABBIT_THREADS") is null)
            Assert.Equal(Environment.ProcessorCount, get_num_threads());
    }

    [Fact]
    public void MetaTensorsHaveNoMemory()
    {
        var x = zeros(1L << 40, device: META);
        Assert.True(x.is_meta);
        Assert.Equal(1L << 40, (x + 1).numel());
    }

    [Fact]
    public void AStorageKnowsItsAddress()
    {
        var x = arange(4);
        Assert.Equal(8, x.storage<long>().element_size());
        Assert.Equal(32UL, x.storage<long>().nbytes());
        unsafe
        {
            Assert.Equal(3, ((long*)x.storage<long>().data_ptr())[3]);
        }
    }

    public void Dispose() => _scope.Dispose();
}
