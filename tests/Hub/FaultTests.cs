using System.Text;

namespace LlmRabbitHoles.Hub.Tests;

/// <summary>Servers and networks that fail, and what remains then.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private const string Cdn = "cdn/model.safetensors", Api = "/revision/main";
    private PullRun _run = null!;

    public async ValueTask InitializeAsync() => _run = await PullRun.StartAsync();

    public async ValueTask DisposeAsync() => await _run.DisposeAsync();

    [Fact]
    public async Task ADownloadThatBreaksOffGoesOnWhereItWas()
    {
        _run.Server.Next(Cdn, _run.BreakOff(after: 100_000), _run.BreakOff(after: 50_000));
        await ArrivesAsync();
        Assert.Equal([null, "bytes=100000-", "bytes=150000-"], _run.Server.RequestsOf(Cdn).Select(seen => seen.Range));
        Assert.Equal([null, "\"cdn-1\"", "\"cdn-1\""], _run.Server.RequestsOf(Cdn).Select(seen => seen.IfRange));
        Assert.Equal(2, _run.Time.Pauses.Count);
    }

    [Fact]
    public async Task APartOfAnEarlierPullIsContinued()
    {
        LeavePart(_run.Weights.Content[..120_000]);
        await ArrivesAsync();
        Assert.Equal("bytes=120000-", Assert.Single(_run.Server.RequestsOf(Cdn)).Range);
    }

    [Fact]
    public async Task AWholePartIsCheckedAndNotFetched()
    {
        LeavePart(_run.Weights.Content);
        await ArrivesAsync();
        Assert.Empty(_run.Server.RequestsOf(Cdn));
    }

    [Fact]
    public async Task APartOfAnotherContentBeginsAgain()
    {
        LeavePart(new byte[120_000]);
        await ArrivesAsync();
        Assert.Equal(["bytes=120000-", null], _run.Server.RequestsOf(Cdn).Select(seen => seen.Range));
    }

    [Fact]
    public async Task APartThatIsTooLongBeginsAgain()
    {
        LeavePart(new byte[300_001]);
        await ArrivesAsync();
        Assert.Null(Assert.Single(_run.Server.RequestsOf(Cdn)).Range);
    }

    [Fact]
    public async Task AServerThatIgnoresRangesSendsAllAgain()
    {
        _run.Server.Next(Cdn, _run.BreakOff(after: 100_000), Answers.IgnoreRange());
        await ArrivesAsync();
        Assert.Equal(2, _run.Server.RequestsOf(Cdn).Count);
    }

    [Fact]
    public async Task AServerThatSendsAnotherRangeIsAskedForAll()
    {
        _run.Server.Next(Cdn, _run.BreakOff(after: 100_000), Answers.WrongRange());
        await ArrivesAsync();
        Assert.Equal([null, "bytes=100000-", null], _run.Server.RequestsOf(Cdn).Select(seen => seen.Range));
    }

    [Fact]
    public async Task AnUnsatisfiableRangeBeginsAgain()
    {
        _run.Server.Next(Cdn, _run.BreakOff(after: 100_000), Answers.Status(416));
        await ArrivesAsync();
        Assert.Null(_run.Server.RequestsOf(Cdn)[^1].Range);
    }

    [Fact]
    public async Task AContentWithAnotherEntityTagIsNotGluedOn()
    {
        var old = new ServedFile("model.safetensors", new byte[300_000], IsLfs: true) { Etag = "\"cdn-0\"" };
        _run.Server.Next(Cdn, (context, _) => _run.BreakOff(after: 100_000)(context, old));
        await ArrivesAsync();
        Assert.Equal([null, "\"cdn-0\""], _run.Server.RequestsOf(Cdn).Select(seen => seen.IfRange));
    }

    [Fact]
    public async Task AChangedEntityTagOfARangeBeginsAgain()
    {
        _run.Server.Next(Cdn, _run.BreakOff(after: 100_000), (context, file) =>
        {
            context.Request.Headers.IfRange = default;
            return Answers.Other(file!.Content, "\"cdn-2\"")(context, file);
        });
        await ArrivesAsync();
        Assert.Equal([null, "bytes=100000-", null], _run.Server.RequestsOf(Cdn).Select(seen => seen.Range));
    }

    [Fact]
    public async Task AStalledDownloadIsGivenUpAndContinued()
    {
        _run.Serve(_run.Weights);
        _run.Server.Next(Cdn, Answers.Stall(after: 100_000, _run.Time, () => _run.Time.Pauses.Count > 0));
        var snapshot = await _run.PullAsync();
        Assert.Equal(_run.Weights.Content, await File.ReadAllBytesAsync(Path.Combine(snapshot, "model.safetensors")));
        Assert.NotEmpty(_run.Time.Pauses);
        Assert.All(_run.Events.OfType<PullEvent.Retrying>(), retry => Assert.Equal("127.0.0.1 sends nothing for 36000 s", retry.Reason));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task ABusyServerIsAskedAgain(int status)
    {
        _run.Server.Next(Api, Answers.Status(status), Answers.Status(status));
        _run.Server.Next(Cdn, Answers.Status(status));
        await ArrivesAsync();
        Assert.Equal(3, _run.Time.Pauses.Count);
    }

    [Fact]
    public async Task RetryAfterIsWaitedFor()
    {
        _run.Server.Next(Api, Answers.Status(429, ("Retry-After", "17")));
        await ArrivesAsync();
        Assert.Equal([TimeSpan.FromSeconds(17)], _run.Time.Pauses);
    }

    [Fact]
    public async Task ALongRetryAfterIsSaid()
    {
        _run.Server.Always(Api, Answers.Status(429, ("Retry-After", "3600")));
        Assert.Equal(
            "127.0.0.1 answers 429 (too many requests) and asks to come back in 60 minutes. Run the same command then; it goes on.",
            await _run.FailAsync());
    }

    [Fact]
    public async Task AServerThatStaysBusyIsGivenUpAfterSixTries()
    {
        _run.Server.Always(Api, Answers.Status(503));
        Assert.StartsWith("Given up after 6 tries: 127.0.0.1 answers 503 (ServiceUnavailable).", await _run.FailAsync());
        Assert.Equal(6, _run.Server.Requests.Count);
        Assert.InRange(_run.Time.Pauses.Sum(pause => pause.TotalSeconds), 5, 150);
    }

    [Fact]
    public async Task AnEndpointThatIsNotThereIsNamed()
    {
        await _run.Server.DisposeAsync();
        Assert.Contains("the connection to 127.0.0.1 failed: Connection refused", await _run.FailAsync());
    }

    [Fact]
    public async Task ADownloadThatGetsNowhereKeepsWhatHasArrived()
    {
        _run.Server.Next(Cdn, _run.BreakOff(after: 100_000));
        _run.Server.Always(Cdn, _run.BreakOff(after: 0));
        Assert.StartsWith("Given up after 6 tries: ", await _run.FailAsync());
        Assert.Equal(_run.Weights.Content[..100_000], await File.ReadAllBytesAsync(_run.PartPath));
        Assert.Null(new HubCache(_run.Folder).ModelOf(_run.Name).FindSnapshot("main"));
    }

    [Fact]
    public async Task ABadConnectionIsFollowedAsLongAsMuchArrives()
    {
        var weights = ServedFile.Weights("model.safetensors", 8_000_000);
        _run.Serve(weights);
        _run.Server.Next(Cdn, [.. Enumerable.Repeat(_run.BreakOff(after: 300_000), 20)]);
        var snapshot = await _run.PullAsync();
        Assert.Equal(weights.Content, await File.ReadAllBytesAsync(Path.Combine(snapshot, weights.Path)));
    }

    [Fact]
    public async Task AnotherContentIsDeletedAndBothHashesAreNamed()
    {
        var other = ServedFile.Weights("model.safetensors", 300_000, seed: 2);
        _run.Server.Always(Cdn, Answers.Other(other.Content, "\"cdn-1\""));
        var message = await _run.FailAsync();
        Assert.Contains($"arrived with SHA-256 {other.Blob}; the repository lists {_run.Weights.Blob}. It was deleted.", message);
        Assert.False(File.Exists(_run.BlobPath) || File.Exists(_run.PartPath));
    }

    [Fact]
    public async Task APlainFileIsCheckedByGitsHash()
    {
        _run.Server.Always("resolve-cache/config.json", Answers.Body("application/json", "[]"));
        var message = await _run.FailAsync();
        Assert.Contains($"arrived with git's SHA-1 {Git.Blob("[]"u8)}; the repository lists {Git.Blob("{}"u8)}", message);
    }

    [Theory]
    [InlineData(299_999)]
    [InlineData(300_001)]
    public async Task AListedSizeThatIsALieIsRefused(int claimed)
    {
        _run.Serve(_run.Files[0], _run.Weights with { ClaimedSize = claimed });
        Assert.Contains($"sends 300,000 bytes for 'model.safetensors'; the repository lists {claimed:N0}", await _run.FailAsync());
        Assert.False(File.Exists(_run.BlobPath));
    }

    [Fact]
    public async Task MoreBytesThanListedAreRefused()
    {
        _run.Server.Always(Cdn, Answers.Chunked(new byte[300_001]));
        Assert.Contains("sends more than the 300,000 bytes", await _run.FailAsync());
        Assert.Equal(0, new FileInfo(_run.PartPath).Length);
    }

    [Fact]
    public async Task FewerBytesThanListedAreAskedForAgain()
    {
        _run.Server.Next(Cdn, Answers.Chunked(_run.Weights.Content[..1000]));
        await ArrivesAsync();
        Assert.Equal("bytes=1000-", _run.Server.RequestsOf(Cdn)[1].Range);
        _run.Server.Always("resolve-cache/config.json", Answers.Chunked("{"u8.ToArray()));
        File.Delete(Path.Combine(Path.GetDirectoryName(_run.BlobPath)!, _run.Files[0].Blob));
        Assert.Contains("'config.json' ends after 1 of 2 bytes", await _run.FailAsync());
    }

    [Fact]
    public async Task AWebPageInsteadOfJsonIsRefused()
    {
        _run.Server.Always(Api, Answers.Body("text/html; charset=utf-8", "<html>Log in</html>"));
        Assert.Contains("/api/models/alice/made/revision/main answers with a web page (HTML)", await _run.FailAsync());
    }

    [Fact]
    public async Task AWebPageInsteadOfAFileIsRefused()
    {
        _run.Server.Always(Cdn, Answers.Body("text/html", "<html>Log in</html>"));
        Assert.Contains("/cdn/model.safetensors answers with a web page (HTML)", await _run.FailAsync());
    }

    [Theory]
    [InlineData("""{"sha": "0123456789012345678901234567890123456789", "siblings": [{"rfil""", "is not valid JSON at line 1")]
    [InlineData("""{"siblings": []}""", "lacks fields that the Hub sends")]
    [InlineData("""[]""", "lacks fields that the Hub sends")]
    [InlineData("""{"sha": 5, "siblings": []}""", "lacks fields that the Hub sends")]
    [InlineData("""{"sha": "../../../etc", "siblings": []}""", "The server sends the commit '../../../etc', which is not safe")]
    [InlineData("", "is not valid JSON")]
    public async Task AnAnswerThatIsNotTheHubsIsRefused(string json, string because)
    {
        _run.Server.Always(Api, Answers.Body("application/json", json));
        Assert.Contains(because, await _run.FailAsync());
    }

    [Theory]
    [InlineData("../evil.safetensors")]
    [InlineData("a/../../evil.safetensors")]
    [InlineData("/etc/evil.safetensors")]
    [InlineData("C:\\evil.safetensors")]
    [InlineData("C:evil.safetensors")]
    [InlineData("..\\evil.safetensors")]
    [InlineData("evil\0.safetensors")]
    [InlineData("evil\n.safetensors")]
    [InlineData("a//evil.safetensors")]
    [InlineData("./evil.safetensors")]
    [InlineData("")]
    public async Task APathThatLeavesItsFolderIsRefused(string path)
    {
        _run.Serve(_run.Files[0], new ServedFile(path, [1, 2, 3]));
        Assert.Contains("which is not safe as a file's name", await _run.FailAsync());
        Assert.False(Directory.Exists(_run.Folder));
    }

    [Theory]
    [InlineData("../../evil")]
    [InlineData("a/b")]
    [InlineData(".")]
    public async Task AnEntityTagThatLeavesItsFolderIsRefused(string blob)
    {
        _run.Serve(_run.Weights with { ClaimedBlob = blob });
        Assert.Contains("The server sends the entity tag", await _run.FailAsync());
        Assert.False(Directory.Exists(_run.Folder));
    }

    [Fact]
    public async Task RedirectsInACircleAreRefused()
    {
        _run.Server.Always(Cdn, Answers.Redirect($"{_run.Server.Cdn}cdn/model.safetensors?signature=s"));
        Assert.Contains("redirects in a circle", await _run.FailAsync());
        var count = 0;
        _run.Server.Always(Cdn, (context, file) => Answers.Redirect($"/cdn/model.safetensors?{count++}")(context, file));
        Assert.Contains("redirects in a circle", await _run.FailAsync());
    }

    [Fact]
    public async Task ARedirectToAnythingButTheWebIsRefused()
    {
        _run.Server.Always(Cdn, Answers.Redirect("file:///etc/passwd"));
        Assert.Contains("which is not a web address", await _run.FailAsync());
    }

    [Theory]
    [InlineData(403, "GatedRepo")]
    [InlineData(401, "GatedRepo")]
    [InlineData(403, null)]
    public async Task AGatedModelSaysWhatToDo(int status, string? code)
    {
        (string, string)[] headers = code is null ? [] : [("X-Error-Code", code), ("X-Error-Message", "Ask the owner.")];
        _run.Server.Always(Api, Answers.Status(status, headers));
        var message = await _run.FailAsync();
        Assert.StartsWith($"alice/made is gated or closed to you ({status}). Accept its licence at {_run.Server.Address}", message);
        Assert.Contains("and set HF_TOKEN to a token", message);
        Assert.Equal(code is not null, message.EndsWith(" The server says: Ask the owner.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AModelThatDoesNotExistIsToldFromARevision()
    {
        var pull = new Pull(new HubEndpoint(_run.Server.Address), new HubCache(_run.Folder), _run);
        var unknown = await Assert.ThrowsAsync<HubException>(() => pull.RunAsync(RepositoryName.Parse("alice/none")));
        Assert.StartsWith("There is no model 'alice/none' at 127.0.0.1 (401), or it is private or gated.", unknown.Message);
        var revision = await Assert.ThrowsAsync<HubException>(() => pull.RunAsync(_run.Name, "v9"));
        Assert.Equal("alice/made has no revision 'v9'. Leave --revision out for the newest.", revision.Message);
        var file = await Assert.ThrowsAsync<HubException>(() => pull.RunAsync(_run.Name, file: "x.gguf"));
        Assert.StartsWith($"alice/made has no file 'x.gguf' at {_run.Commit[..8]}.", file.Message);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("")]
    public async Task ARevisionThatLeavesItsFolderIsRefused(string revision) => Assert.Contains(
        "cannot be a revision", (await Assert.ThrowsAsync<HubException>(() => _run.PullAsync(revision))).Message);

    [Fact]
    public async Task AFullDiskIsSaidAndKeepsWhatHasArrived()
    {
        using var disk = new SmallDisk(_run.Folder, kilobytes: 128);
        Assert.Contains("cannot be written: No space left on device", await _run.FailAsync());
        Assert.InRange(new FileInfo(_run.PartPath).Length, 1, 131_072);
        disk.Grow(kilobytes: 1024);
        await ArrivesAsync();
        Assert.StartsWith("bytes=", _run.Server.RequestsOf(Cdn)[^1].Range);
    }

    [Fact]
    public async Task ACacheThatCannotBeWrittenIsSaid()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_run.Folder)!);
        await File.WriteAllTextAsync(_run.Folder, "a file");
        Assert.StartsWith($"The cache '{_run.Folder}' cannot be written: ", await _run.FailAsync());
    }

    [Fact]
    public async Task AnotherProgramsPullIsWaitedFor()
    {
        var file = Path.Combine(_run.Folder, ".locks", "models--alice--made", $"{_run.Weights.Blob}.lock");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        _run.OnEvent = happened =>
        {
            if (happened is PullEvent.Waiting { Path: "model.safetensors" }) held.Dispose();
        };
        await ArrivesAsync();
        Assert.Contains(_run.Events, happened => happened is PullEvent.Waiting);
    }

    [Fact]
    public async Task ARefusalNeverRepeatsTheToken()
    {
        _run.Server.Always(Api, Answers.Status(403, ("X-Error-Message", new string('x', 5000))));
        var message = await _run.FailAsync(token: "hf_secret");
        Assert.DoesNotContain("hf_secret", message);
        Assert.InRange(Encoding.UTF8.GetByteCount(message), 1, 700);
    }

    private async Task ArrivesAsync()
    {
        var snapshot = await _run.PullAsync();
        foreach (var file in _run.Files) Assert.Equal(file.Content, await File.ReadAllBytesAsync(Path.Combine(snapshot, file.Path)));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_run.BlobPath)!, "*.incomplete"));
    }

    private void LeavePart(byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_run.BlobPath)!);
        File.WriteAllBytes(_run.PartPath, bytes);
    }
}
