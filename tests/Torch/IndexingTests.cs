using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>x = 0 1 2 3 / 4 5 6 7 / 8 9 10 11.</summary>
public sealed class IndexingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _x = arange(12).reshape(3, 4);

    [Fact]
    public void APositionPicksARow() => Assert.Equal([4L, 5, 6, 7], Values(_x[1]));

    [Fact]
    public void NegativePositionsCountFromTheEnd() => Assert.Equal(7L, _x[-2, -1].item<long>());

    [Fact]
    public void AViewWritesThrough()
    {
        _x[0].fill_(0);
        Assert.Equal(0L, _x[0, 3].item<long>());
    }

    [Fact]
    public void ASliceIsARangeOfAnAxis()
    {
        Assert.Equal([1L, 2, 5, 6], Values(_x[..2, 1..3]));
        Assert.Equal([0L, 2], Values(_x[0, TensorIndex.Slice(step: 2)]));
        Assert.Equal([10L, 11], Values(_x[^1, ^2..]));
    }

    [Fact]
    public void AnEllipsisStandsForTheOtherAxes() => Assert.Equal([3L, 7, 11], Values(_x[TensorIndex.Ellipsis, -1]));

    [Fact]
    public void NoneMakesAnAxis() => Assert.Equal([3L, 1, 4], _x[TensorIndex.Colon, TensorIndex.None].shape);

    [Fact]
    public void ATensorPicksRows() => Assert.Equal([8L, 0], Values(_x[TensorIndex.Tensor(tensor(new long[] { 2, 0 })), 0]));

    [Fact]
    public void TwoTensorsPickCells() => Assert.Equal([1L, 11], Values(_x[tensor(new long[] { 0, 2 }), tensor(new long[] { 1, 3 })]));

    [Fact]
    public void AMaskPicksCells() => Assert.Equal([9L, 10, 11], Values(_x[_x > 8]));

    [Fact]
    public void SettingACellOrARow()
    {
        _x[0, 0] = 50L;
        _x[1] = tensor(-1L);
        Assert.Equal([50L, 1, 2, 3, -1, -1, -1, -1, 8, 9, 10, 11], Values(_x));
    }

    [Fact]
    public void SettingASliceBroadcasts()
    {
        _x[.., 1..3] = tensor(new long[] { 100, 200 });
        Assert.Equal([0L, 100, 200, 3, 4, 100, 200, 7, 8, 100, 200, 11], Values(_x));
    }

    [Fact]
    public void SettingByMask()
    {
        _x[_x % 2 == 0] = 0L;
        Assert.Equal([0L, 1, 0, 3, 0, 5, 0, 7, 0, 9, 0, 11], Values(_x));
    }

    [Fact]
    public void IndexPutAccumulatesRepeatedPositions()
    {
        var counts = zeros(3);
        counts.index_put_(ones(4), [tensor(new long[] { 0, 2, 2, 2 })], accumulate: true);
        Assert.Equal([1f, 0f, 3f], counts.data<float>().ToArray());
    }

    [Fact]
    public void AnArrayOfPositionsPicksACell() => Assert.Equal(6L, _x[new long[] { 1, 2 }].item<long>());

    [Fact]
    public void NothingCutIsStillATensorOfItsOwn()
    {
        var whole = _x[TensorIndex.Ellipsis];
        Assert.NotSame(_x, whole);
        whole.fill_(0);
        Assert.Equal(0L, _x.sum().item<long>());
    }

    [Fact]
    public void MorePartsThanAxesAreRefused()
    {
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => _x[0, 0, 0]);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => _x[.., .., ..]);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(-9, 9)]
    [InlineData(2, 1)]
    [InlineData(1, null)]
    [InlineData(null, -1)]
    public void SliceBoundsAreCutToTheAxis(int? start, int? stop)
    {
        var expected = Enumerable.Range(0, 4).Where(i => i >= Bound(start ?? 0) && i < Bound(stop ?? 4)).Select(i => (long)i);
        Assert.Equal(expected, Values(_x[0, TensorIndex.Slice(start, stop)]));
    }

    public void Dispose() => _scope.Dispose();

    private static int Bound(int bound) => Math.Clamp(bound < 0 ? bound + 4 : bound, 0, 4);

    private static long[] Values(Tensor tensor) => tensor.data<long>().ToArray();
}
