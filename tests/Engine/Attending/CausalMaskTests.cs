using LlmRabbitHoles.Attending;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class CausalMaskTests
{
    // o: may look, x: may not; a line a token, a column a key.
    private static string[] Drawn(IReadOnlyList<int> lengths, long time, int? window, int row = 0)
    {
        using var scope = NewDisposeScope();
        var mask = CausalMask.Create(lengths, time, window, ScalarType.Float32, CPU);
        if (mask is null) return [];
        var plane = mask.dim() == 4 ? mask[row, 0] : mask[0];
        return [.. Enumerable.Range(0, (int)time).Select(t => string.Concat(plane[t].data<float>().Select(x => x == 0 ? 'o' : 'x')))];
    }

    [Fact]
    public void ATokenSeesItselfAndWhatCameBefore() => Assert.Equal(["ooxx", "ooox", "oooo"], Drawn([1], time: 3, window: null));

    [Fact]
    public void AWindowHidesWhatIsFurtherBack() => Assert.Equal(["xoox", "xxoo"], Drawn([2], time: 2, window: 2));

    [Fact]
    public void OneTokenThatSeesEverythingNeedsNoMask() => Assert.Empty(Drawn([5, 5], time: 1, window: 6));

    [Fact]
    public void SequencesOfDifferentLengthsHaveAMaskEach()
    {
        Assert.Equal(["oooox", "ooooo"], Drawn([3, 1], time: 2, window: null, row: 0));
        Assert.Equal(["ooxxx", "oooxx"], Drawn([3, 1], time: 2, window: null, row: 1));
        Assert.Equal(["xxoox", "xxxoo"], Drawn([3, 1], time: 2, window: 2, row: 0));
        Assert.Equal(
            ["oo", "ox"], new[] { Drawn([1, 0], time: 1, window: null, row: 0)[0], Drawn([1, 0], time: 1, window: null, row: 1)[0] });
    }
}
