using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class DisposeScopeTests
{
    [Fact]
    public void AScopeDisposesWhatWasMadeInIt()
    {
        var before = zeros(1);
        Tensor inside;
        using (NewDisposeScope())
            inside = zeros(1);
        Assert.True(inside.IsInvalid);
        Assert.False(before.IsInvalid);
        before.Dispose();
    }

    [Fact]
    public void AMovedTensorBelongsToTheOuterScope()
    {
        Tensor moved;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
                moved = zeros(1).MoveToOuterDisposeScope();
            Assert.False(moved.IsInvalid);
        }
        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void AMovedTensorWithoutAnOuterScopeBelongsToTheCaller()
    {
        Tensor moved;
        using (NewDisposeScope())
            moved = zeros(1).MoveToOuterDisposeScope();
        Assert.False(moved.IsInvalid);
        moved.Dispose();
        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void ADetachedTensorOutlivesAllScopes()
    {
        Tensor detached;
        using (NewDisposeScope())
        using (NewDisposeScope())
            detached = zeros(1).DetachFromDisposeScope();
        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void AnAttachedTensorDiesWithTheScope()
    {
        var tensor = zeros(1);
        using (var scope = NewDisposeScope())
            scope.Attach(tensor);
        Assert.True(tensor.IsInvalid);
    }

    [Fact]
    public void ATensorMovesToTheScopeOfAnother()
    {
        using var outer = NewDisposeScope();
        var anchor = zeros(1);
        using (NewDisposeScope())
            zeros(1).MoveToOtherDisposeScope(anchor);
        Assert.Equal(2, outer.DisposablesCount);
    }

    [Fact]
    public void AScopeForgetsATensorThatIsDisposedByHand()
    {
        using var scope = NewDisposeScope();
        var first = zeros(1);
        var second = zeros(1);
        first.Dispose();
        Assert.False(scope.Contains(first));
        Assert.True(scope.Contains(second));
        Assert.Single(scope.DisposablesView, second);
    }

    [Fact]
    public void DisposingEverythingButKeepsTheOne()
    {
        using var scope = NewDisposeScope();
        var tensors = Enumerable.Range(0, 40).Select(_ => zeros(1)).ToList();
        var kept = scope.DisposeEverythingBut(tensors[17]);
        Assert.False(kept.IsInvalid);
        Assert.Equal(39, tensors.Count(tensor => tensor.IsInvalid));
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void DisposingTwiceIsHarmless()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var tensor = zeros(1);
        tensor.Dispose();
        tensor.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void AScopeEndedOutOfOrderLeavesTheOthers()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void StatisticsCountCreationDisposalAndMoves()
    {
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        var outside = zeros(1);
        using (var scope = NewDisposeScope())
        {
            _ = zeros(1);
            zeros(1).DetachFromDisposeScope().Dispose();
            scope.Attach(outside);
        }
        Assert.Equal(1, statistics.CreatedOutsideScopeCount);
        Assert.Equal(2, statistics.CreatedInScopeCount);
        Assert.Equal(1, statistics.DetachedFromScopeCount);
        Assert.Equal(1, statistics.AttachedToScopeCount);
        Assert.Equal(1, statistics.DisposedOutsideScopeCount);
        Assert.Equal(2, statistics.DisposedInScopeCount);
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void StatisticsAndScopesAreOfOneThread()
    {
        using var scope = NewDisposeScope();
        var thread = new Thread(() =>
        {
            Assert.Null(CurrentDisposeScope);
            using var other = zeros(1);
            Assert.Equal(1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        });
        thread.Start();
        thread.Join();
        Assert.Equal(0, scope.DisposablesCount);
    }
}
