using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class AutogradTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void TheGradientOfASquareIsTwiceItsRoot()
    {
        var x = tensor(new[] { 1f, -3f }, requires_grad: true);
        (x * x).sum().backward();
        Assert.Equal([2f, -6f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void GradientsAddUpUntilTheyAreDropped()
    {
        var x = ones(1, requires_grad: true);
        (x * 3).backward();
        (x * 3).backward();
        Assert.Equal(6f, x.grad!.item<float>());
        x.grad = null;
        Assert.Null(x.grad);
        (x * 3).backward();
        Assert.Equal(3f, x.grad!.item<float>());
    }

    [Fact]
    public void ASecondBackwardNeedsARetainedGraph()
    {
        var x = ones(1, requires_grad: true);
        var y = x.exp();
        y.backward(retain_graph: true);
        y.backward();
        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => y.backward());
        Assert.StartsWith("Trying to backward through the graph a second time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GradientsOfGradientsNeedACreatedGraph()
    {
        // d/dx x^3 = 3 x^2, and again: 6 x.
        var x = tensor(2f, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        var second = autograd.grad([first], [x])[0];
        Assert.Equal(12f, first.item<float>());
        Assert.Equal(12f, second.item<float>());
        Assert.Null(x.grad);
    }

    [Fact]
    public void GradOutputsWeighTheOutputs()
    {
        var x = ones(2, requires_grad: true);
        var gradient = autograd.grad([x * 2], [x], [tensor(new[] { 1f, 10f })])[0];
        Assert.Equal([2f, 20f], gradient.data<float>().ToArray());
        autograd.backward(x * 2, tensor(new[] { 1f, 10f }));
        Assert.Equal([2f, 20f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void OnlyTheNamedInputsGetAGradient()
    {
        var x = ones(1, requires_grad: true);
        var y = ones(1, requires_grad: true);
        (x * y).backward(inputs: [y]);
        Assert.Null(x.grad);
        Assert.Equal(1f, y.grad!.item<float>());
    }

    [Fact]
    public void NoGradRecordsNothingAndIsUndone()
    {
        var x = ones(1, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
                Assert.True((x * 2).requires_grad);
        }
        Assert.True(is_grad_enabled());
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void InferenceModeRecordsNothingAndIsUndone()
    {
        var x = ones(1, requires_grad: true);
        using (inference_mode())
            Assert.False((x * 2).requires_grad);
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void ADetachedTensorSharesMemoryAndNoHistory()
    {
        var x = ones(2, requires_grad: true);
        var detached = x.detach();
        Assert.False(detached.requires_grad);
        detached[0] = 5f;
        Assert.Equal(5f, x[0].item<float>());
    }

    [Fact]
    public void AnInnerTensorKeepsItsGradientWhenAsked()
    {
        var x = ones(1, requires_grad: true);
        var y = x * 2;
        y.retain_grad();
        (y * 3).backward();
        Assert.False(y.is_leaf);
        Assert.True(x.is_leaf);
        Assert.Equal(3f, y.grad!.item<float>());
    }

    public void Dispose() => _scope.Dispose();
}
