using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Caching.Paging;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class QuantizedPagesTests
{
    private static CacheShape Shape(int headDim) => new(Layers: 2, KeyValueHeads: 3, headDim, ScalarType.Float32, CPU);

    [Theory]
    [InlineData(8, 127)]
    [InlineData(4, 7)]
    public void NoNumberIsOffByMoreThanHalfAScale(int bits, int highest)
    {
        using var scope = NewDisposeScope();
        using var pages = new QuantizedPages(Shape(16), bits);
        using var generator = new Generator(3);
        var (keys, values) = (randn([3, 40, 16], generator: generator) * 5, randn([3, 40, 16], generator: generator));
        pages.Reserve(64);
        pages.Write(1, slot: 10, keys, values);

        var (k, v) = pages.Read(1, slot: 10, count: 40);

        // Half a step of the vector's scale, and the rounding of float32 in quotient and product.
        foreach (var (expected, actual) in new[] { (keys, k), (values, v) })
        {
            var largest = expected.abs().amax([-1], keepdim: true);
            var bound = largest * (0.5 / highest) + (largest * 1e-6);
            Assert.True(((expected - actual).abs() <= bound).all().item<bool>());
        }
    }

    [Fact]
    public void FourBitsAreWorkedOutByHand()
    {
        using var scope = NewDisposeScope();
        using var pages = new QuantizedPages(new CacheShape(1, 1, 4, ScalarType.Float32, CPU), 4);
        pages.Reserve(1);
        var vector = tensor([-14f, 5, 2.9f, 0]).view(1, 1, 4);     // scale 2: -7, 2.5 -> 2 (to even), 1.45 -> 1, 0
        pages.Write(0, 0, vector, vector);
        Assert.Equal([-14f, 4, 2, 0], pages.Read(0, 0, 1).Keys.data<float>().ToArray());
    }

    [Fact]
    public void AVectorOfZerosStaysZero()
    {
        using var scope = NewDisposeScope();
        using var pages = new QuantizedPages(Shape(8), 8);
        pages.Reserve(4);
        pages.Write(0, 0, zeros(3, 2, 8), zeros(3, 2, 8));
        Assert.Equal(0, pages.Read(0, 0, 2).Keys.abs().max().item<float>());
    }

    [Theory]
    [InlineData(8, 16 + 4)]     // a byte for each number and the scale
    [InlineData(4, 8 + 4)]
    public void ASlotTakesItsCodesAndScales(int bits, int bytes)
    {
        using var pages = new QuantizedPages(Shape(16), bits);
        Assert.Equal(2 * 2 * 3 * bytes, pages.BytesPerSlot);      // layers, keys and values, heads
    }

    [Fact]
    public void OtherBitsAreRefused() =>
        Assert.Contains("8 or 4 bits", Assert.Throws<ArgumentOutOfRangeException>(() => new QuantizedPages(Shape(8), 3)).Message);
}
