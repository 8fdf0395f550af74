namespace LlmRabbitHoles.Hub.Tests;

public sealed class PullTests : IAsyncLifetime
{
    private PullRun _run = null!;

    public async ValueTask InitializeAsync() => _run = await PullRun.StartAsync();

    public async ValueTask DisposeAsync() => await _run.DisposeAsync();

    [Fact]
    public async Task AModelArrivesInTheSharedLayout()
    {
        var snapshot = await _run.PullAsync();
        var model = Path.Combine(_run.Folder, "models--alice--made");
        Assert.Equal(Path.Combine(model, "snapshots", _run.Commit), snapshot);
        Assert.Equal(_run.Commit, await File.ReadAllTextAsync(Path.Combine(model, "refs", "main")));
        Assert.Equal(
            [.. _run.Files.Select(file => file.Blob).Order(StringComparer.Ordinal)],
            Directory.GetFiles(Path.Combine(model, "blobs")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var file in _run.Files)
        {
            Assert.Equal(file.Content, await File.ReadAllBytesAsync(Path.Combine(snapshot, file.Path)));
            Assert.Equal(
                Path.Combine("..", "..", "blobs", file.Blob), new FileInfo(Path.Combine(snapshot, file.Path)).LinkTarget);
        }
    }

    [Fact]
    public async Task ASecondPullFetchesNothing()
    {
        await _run.PullAsync();
        _run.Server.Requests.Clear();
        await _run.PullAsync();
        Assert.Single(_run.Server.Requests);
        Assert.Equal(_run.Files.Count, _run.Events.OfType<PullEvent.Finished>().Count(file => file.Checked is null));
    }

    [Fact]
    public async Task AContentThatAnotherRevisionHasIsOnlyLinked()
    {
        await _run.PullAsync();
        var moved = new ServedModel(new string('b', 40), [.. _run.Files]);
        _run.Serve(moved);
        _run.Server.Requests.Clear();
        var snapshot = await _run.PullAsync();
        Assert.Single(_run.Server.Requests);
        Assert.EndsWith(moved.Commit, snapshot);
        Assert.Equal(_run.Weights.Content, await File.ReadAllBytesAsync(Path.Combine(snapshot, _run.Weights.Path)));
    }

    [Fact]
    public async Task CopiesStandWhereLinksAreNotWanted()
    {
        var snapshot = await _run.PullAsync(withoutLinks: true);
        Assert.Null(new FileInfo(Path.Combine(snapshot, _run.Weights.Path)).LinkTarget);
        Assert.Equal(_run.Weights.Content, await File.ReadAllBytesAsync(Path.Combine(snapshot, _run.Weights.Path)));
    }

    [Fact]
    public async Task OnlyTheNamedFileIsPulled()
    {
        var file = await _run.PullAsync(file: "README.md");
        Assert.Equal("# Made", await File.ReadAllTextAsync(file));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task ATagIsNotedUnderItsName()
    {
        _run.Model.Tags.Add("refs/pr/1");
        var snapshot = await _run.PullAsync(revision: "refs/pr/1");
        Assert.Equal(snapshot, new HubCache(_run.Folder).FindSnapshot(_run.Name, "refs/pr/1"));
        Assert.Null(new HubCache(_run.Folder).ModelOf(_run.Name).FindSnapshot("main"));
    }

    [Fact]
    public async Task FilesThatAreNotReadAreNamedAndLeft()
    {
        await _run.PullAsync();
        Assert.Equal(["README.md", "pytorch_model.bin"], _run.Events.OfType<PullEvent.Listed>().Single().Skipped);
        Assert.Empty(_run.Server.RequestsOf("pytorch_model.bin"));
    }

    [Fact]
    public async Task TheTokenGoesToTheEndpointOnly()
    {
        await _run.PullAsync(token: "hf_secret");
        Assert.All(_run.Server.Requests, seen => Assert.Equal(
            seen.Port == _run.Server.Address.Port ? "Bearer hf_secret" : null, seen.Authorization));
        Assert.Contains(_run.Server.Requests, seen => seen.Port == _run.Server.Cdn.Port);
        Assert.Contains(_run.Server.Requests, seen => seen.Path.StartsWith("/resolve-cache/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SizesAndHashesAreAskedForWhereTheServerDoesNotListThem()
    {
        _run.Server.TellsBlobs = false;
        var snapshot = await _run.PullAsync();
        Assert.Equal(_run.Files.Count, _run.Server.Requests.Count(seen => seen.Method == "HEAD"));
        Assert.EndsWith(_run.Weights.Blob, new FileInfo(Path.Combine(snapshot, _run.Weights.Path)).LinkTarget);
    }

    [Fact]
    public async Task TwoPullsAtOnceBringOneModel()
    {
        var snapshots = await Task.WhenAll(_run.PullAsync(), _run.PullAsync(), _run.PullAsync());
        Assert.Single(snapshots.Distinct());
        Assert.Equal(_run.Weights.Content, await File.ReadAllBytesAsync(Path.Combine(snapshots[0], _run.Weights.Path)));
        Assert.Single(_run.Server.RequestsOf("cdn/model.safetensors"));
    }

    [Fact]
    public async Task ACancelledPullLeavesWhatHasArrived()
    {
        using var stop = new CancellationTokenSource();
        _run.Server.Always("cdn/model.safetensors", async (context, file) =>
        {
            await context.Response.Body.WriteAsync(file!.Content.AsMemory(0, 40_000));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        _run.OnEvent = happened =>
        {
            if (happened is PullEvent.Arrived { Path: "model.safetensors", Bytes: 40_000 }) stop.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _run.PullAsync(cancellationToken: stop.Token));
        Assert.Equal(40_000, new FileInfo(_run.PartPath).Length);
        Assert.Null(new HubCache(_run.Folder).ModelOf(_run.Name).FindSnapshot("main"));
    }
}
