using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class ErrorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void AFailedOperationThrowsLibtorchsMessage()
    {
        var error = Assert.Throws<ExternalException>(() => zeros(2, 3).matmul(zeros(4, 5)));
        Assert.StartsWith("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFailedOperationInPlaceThrowsToo() =>
        Assert.Contains("broadcast", Assert.Throws<ExternalException>(() => zeros(2).add_(zeros(3, 2))).Message, StringComparison.Ordinal);

    [Fact]
    public void AFailedPairThrowsToo() =>
        Assert.Contains("out of range", Assert.Throws<ExternalException>(() => zeros(2).topk(3)).Message, StringComparison.Ordinal);

    [Fact]
    public void AFailedListThrowsToo() =>
        Assert.Contains("split_with_sizes", Assert.Throws<ExternalException>(() => zeros(4).split([1L, 2])).Message, StringComparison.Ordinal);

    [Fact]
    public void AFailedSettingThrowsToo() =>
        Assert.Contains("floating point", Assert.Throws<ExternalException>(() => arange(3).requires_grad_()).Message, StringComparison.Ordinal);

    [Fact]
    public void AnIndexOutOfRangeThrows() =>
        Assert.Contains("out of range", Assert.Throws<ExternalException>(() => zeros(2, 2)[5]).Message, StringComparison.Ordinal);

    [Fact]
    public void AnIndexOutOfRangeInASliceNamesTheAxis() =>
        Assert.StartsWith(
            "index 5 is out of bounds for dimension 1 with size 2",
            Assert.Throws<ExternalException>(() => zeros(2, 2)[.., 5]).Message, StringComparison.Ordinal);

    [Fact]
    public void AnErrorDoesNotSpoilTheNextCall()
    {
        Assert.Throws<ExternalException>(() => zeros(2).view(3));
        Assert.Equal(2f, (ones(1) + 1).item<float>());
    }

    [Fact]
    public void ADisposedTensorIsRefused()
    {
        var tensor = zeros(1);
        tensor.Dispose();
        Assert.Throws<InvalidOperationException>(() => tensor + 1);
        Assert.Throws<InvalidOperationException>(() => tensor.shape);
    }

    [Fact]
    public void AnItemNeedsOneElementAndItsOwnType()
    {
        Assert.Throws<ArgumentException>(() => zeros(2).item<float>());
        Assert.Throws<ArgumentException>(() => zeros(1).item<double>());
    }

    [Fact]
    public void BytesNeedAContiguousTensor() => Assert.Throws<InvalidOperationException>(() => zeros(2, 3).T.bytes.Length);

    [Fact]
    public void AnUnknownDeviceIsRefused() => Assert.Throws<ArgumentException>(() => new Device("abacus"));

    public void Dispose() => _scope.Dispose();
}
