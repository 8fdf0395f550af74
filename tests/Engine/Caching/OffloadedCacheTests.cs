using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Caching.Paging;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Engine.Tests;

public class OffloadedCacheTests
{
    [Fact]
    public void WhatDoesNotFitGoesDownAndComesBack()
    {
        using var model = GoldenModels.Load("llama");
        using var cache = new OffloadedCache(model.CacheShape, capacity: 32, pageSize: 4, onDevice: 0, inHost: 0);
        var runner = new ModelRunner(model);
        runner.Prefill([.. Enumerable.Range(1, 16)], cache);
        runner.Decode(5, cache);

        // 2 layers x 5 pages of 4 tokens x 2 x 2 heads x 8 numbers x 4 bytes = 512 bytes; two pages stay on the device.
        var report = cache.Report;
        Assert.Equal(2 * 512, cache.ReservedBytes);
        Assert.True(report.BytesToFile >= 8 * 512, $"{report}");
        Assert.True(report.BytesFromFile >= 8 * 512, $"{report}");
        Assert.Equal(0, report.BytesToFile % 512);
    }

    [Fact]
    public void APageThatDidNotChangeIsNotWrittenAgain()
    {
        using var model = GoldenModels.Load("llama");
        using var cache = new OffloadedCache(model.CacheShape, capacity: 64, pageSize: 4, onDevice: 0, inHost: 0);
        var runner = new ModelRunner(model);
        runner.Prefill([.. Enumerable.Range(1, 29)], cache);
        var before = cache.Report.BytesToFile;
        runner.Decode(5, cache);
        // Only the last page of each of the two layers has a new token.
        Assert.InRange(cache.Report.BytesToFile - before, 0, 2 * 512);
    }

    [Fact]
    public void WhatFitsIsNeverMoved()
    {
        using var model = GoldenModels.Load("llama");
        using var cache = new OffloadedCache(model.CacheShape, capacity: 32, pageSize: 4, onDevice: 1);
        new ModelRunner(model).Prefill([.. Enumerable.Range(1, 16)], cache);
        Assert.Equal(new OffloadReport(0, 0, 0, 0, cache.Report.Waited), cache.Report);
    }
}
