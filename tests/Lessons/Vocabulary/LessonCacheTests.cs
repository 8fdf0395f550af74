namespace LlmRabbitHoles.Lessons.Tests;

/// <summary>Reading in steps gives what reading at once gives, and a cache that lies gives something else.</summary>
public sealed class LessonCacheTests(LoadedAlice loaded) : IClassFixture<LoadedAlice>
{
    private const string Week = "The days of the week are Monday, Tuesday,";

    private readonly LessonModel _alice = loaded.Alice;

    [Fact]
    public void StepsGiveTheScoresOfOneForward()
    {
        var ids = _alice.Ids(Week);
        using var cache = _alice.OpenCache();
        cache.Read(ids[..4]);
        cache.Read(ids[4]);
        var last = cache.Read(ids[5..]);
        Assert.Equal(ids.Length, cache.Length);
        Assert.Equal(ids.Length - 5, last.Tokens);
        // 8 bits of precision in bfloat16 weights; float32 sums in another order differ by less than this.
        Assert.Equal(_alice.Read(ids).Next.Scores, last.Next.Scores, (x, y) => Math.Abs(x - y) < 1e-3);
        Assert.Equal(_alice.Next(Week).Scores, last.Next.Scores, (x, y) => Math.Abs(x - y) < 1e-3);
        Assert.Equal(last.Next.Likeliest, _alice.Tokenizer.Pieces(_alice.Tokenizer.Text(last.Next.LikeliestId))[0]);
    }

    [Fact]
    public void BytesAreLayersTimesKeysAndValues()
    {
        using var cache = _alice.OpenCache();
        cache.Read(Week);
        var config = _alice.Model.Config;
        Assert.Equal(2L * config.Layers * config.KeyValueHeads * config.HeadDim * sizeof(float) * cache.Length, cache.Bytes);
    }

    [Fact]
    public void TruePlacesChangeNothingAndPlacesMovedAlikeChangeLittle()
    {
        var ids = _alice.Ids(Week);
        float[] At(Func<int, int> place)
        {
            using var cache = _alice.OpenCache();
            return [.. cache.ReadAt(ids, place).Next.Scores];
        }

        Assert.Equal(_alice.Next(Week).Scores, At(n => n), (x, y) => Math.Abs(x - y) < 1e-3);
        Assert.Equal(At(n => n), At(n => n + 40), (x, y) => Math.Abs(x - y) < 1e-2);
        Assert.Contains(At(n => n).Zip(At(n => ids.Length - n)), pair => Math.Abs(pair.First - pair.Second) > 1);
    }

    [Fact]
    public void ForgettingDropsTheNewest()
    {
        var ids = _alice.Ids(Week);
        using var cache = _alice.OpenCache();
        cache.Read(ids);
        cache.Forget(2);
        Assert.Equal(ids.Length - 2, cache.Length);
        Assert.Equal(_alice.Next(ids).Scores, cache.Read(ids[^2..]).Next.Scores, (x, y) => Math.Abs(x - y) < 1e-3);
    }
}
