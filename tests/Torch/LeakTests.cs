using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>What a piece of work makes, it disposes: as many tensors are alive after it as before.</summary>
public sealed class LeakTests
{
    public static TheoryData<string> Works => ["arithmetic", "in place", "pairs", "lists", "indexing", "gradient", "errors", "conversion"];

    [Theory]
    [MemberData(nameof(Works))]
    public void AsManyTensorsLiveAfterAsBefore(string work)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++)
        {
            using var scope = NewDisposeScope();
            Do(work, randn(4, 4));
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void AViewKeepsTheMemoryOfItsDisposedOrigin()
    {
        var origin = arange(6);
        using var view = origin.narrow(0, 2, 2);
        origin.Dispose();
        Assert.Equal([2L, 3L], view.data<long>().ToArray());
    }

    private static void Do(string work, Tensor x)
    {
        switch (work)
        {
            case "arithmetic": _ = ((x + 1) * x / 2 - x).softmax(-1); break;
            case "in place": x.add_(1).mul_(x).clamp_(0, 1).zero_(); break;
            case "pairs": _ = (x.topk(2), x.sort(), x.max(0)); break;
            case "lists": _ = cat([.. x.chunk(2), .. x.split(2), .. x.unbind().Select(row => row.unsqueeze(0))]); break;
            case "indexing": x[0] = x[1]; x[.., 1..3] = x[.., ..2]; x[x > 0] = 0f; break;
            case "gradient": x.requires_grad_(); x.matmul(x).sum().backward(); x.grad = null; break;
            case "errors": Assert.ThrowsAny<Exception>(() => x.matmul(zeros(5))); break;
            case "conversion": _ = (x.to(ScalarType.Float64), x.cpu(), x[0, 0].item<float>(), x.alias()); break;
            default: throw new ArgumentOutOfRangeException(nameof(work), work, "No such work.");
        }
    }
}
