using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Hub.Tests;

public sealed class HubCacheTests : IDisposable
{
    private static readonly string _first = new('a', 40), _second = new('b', 40);
    private static readonly RepositoryName _name = RepositoryName.Parse("alice/made");
    private readonly TemporaryFolder _folder = new();

    private HubCache Cache => new(_folder.Path);

    private ModelCache Model => Cache.ModelOf(_name);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ACacheThatIsNotThereHoldsNoModels() => Assert.Empty(new HubCache(_folder["none"]).Models());

    [Fact]
    public void WhatPythonPulledIsFound()
    {
        // As huggingface_hub leaves it: a ref without a line break, links relative to the file.
        var model = _folder["models--alice--made"];
        foreach (var part in new[] { "blobs", "refs", $"snapshots/{_first}/sub" }) Directory.CreateDirectory(Path.Combine(model, part));
        File.WriteAllText(Path.Combine(model, "refs", "main"), _first);
        File.WriteAllText(Path.Combine(model, "blobs", "1234"), "{}");
        File.CreateSymbolicLink(Path.Combine(model, "snapshots", _first, "config.json"), "../../blobs/1234");
        File.CreateSymbolicLink(Path.Combine(model, "snapshots", _first, "sub", "x.gguf"), "../../../blobs/1234");
        Directory.CreateDirectory(_folder["datasets--alice--texts"]);
        Directory.CreateDirectory(_folder["models--gpt2"]);
        Assert.Equal(Path.Combine(model, "snapshots", _first), Cache.FindSnapshot(_name));
        var found = Assert.Single(Cache.Models());
        Assert.Equal((_name, _first, 4L, "GGUF"), (found.Name, found.Commit, found.Bytes, found.Format));
        Assert.Equal(["main"], found.Revisions);
    }

    [Fact]
    public void ARevisionIsFoundByBranchTagOrCommit()
    {
        Put(_first, "main", ("config.json", "one"));
        Put(_second, "refs/pr/1", ("config.json", "two"));
        Assert.Equal(Model.SnapshotPath(_first), Cache.FindSnapshot(_name));
        Assert.Equal(Model.SnapshotPath(_second), Cache.FindSnapshot(_name, "refs/pr/1"));
        Assert.Equal(Model.SnapshotPath(_second), Cache.FindSnapshot(_name, _second));
        Assert.Null(Cache.FindSnapshot(_name, "v2"));
        Assert.Null(Cache.FindSnapshot(RepositoryName.Parse("alice/none")));
    }

    [Fact]
    public void TheOnlyRevisionIsMeantWhereThereIsNoMain()
    {
        Put(_first, "v1", ("config.json", "one"));
        Assert.Equal(Model.SnapshotPath(_first), Cache.FindSnapshot(_name));
        Put(_second, "v2", ("config.json", "two"));
        Assert.Null(Cache.FindSnapshot(_name));
    }

    [Fact]
    public void ARefThatClimbsOutOfTheCacheFindsNothing()
    {
        Put(_first, "main", ("config.json", "one"));
        File.WriteAllText(Path.Combine(Model.Folder, "refs", "main"), "../../..");
        Assert.Null(Model.FindSnapshot("main"));
    }

    [Fact]
    public void RemovingARevisionKeepsWhatAnotherUses()
    {
        Put(_first, "main", ("config.json", "shared"), ("model.safetensors", "12345"));
        Put(_second, "v2", ("config.json", "shared"), ("model.safetensors", "123"));
        // The ref of 40 bytes goes too.
        Assert.Equal(5 + 40, Cache.Remove(_name, "main"));
        Assert.False(Directory.Exists(Model.SnapshotPath(_first)));
        Assert.Equal("shared", File.ReadAllText(Model.FilePath(_second, "config.json")));
        Assert.Equal("123", File.ReadAllText(Model.FilePath(_second, "model.safetensors")));
        Assert.Equal(2, Model.Blobs().Count);
        Assert.Equal(["v2"], Model.References().Select(reference => reference.Revision));
    }

    [Fact]
    public void RemovingTheLastRevisionRemovesTheModel()
    {
        Put(_first, "main", ("config.json", "1234567"));
        File.WriteAllText(Model.BlobPath("part") + ".incomplete", "123");
        Assert.Equal(7 + 3 + 40, Cache.Remove(_name, _first));
        Assert.False(Directory.Exists(Model.Folder));
        Assert.Contains("alice/made is not in the cache", Assert.Throws<HubException>(() => Cache.Remove(_name)).Message);
    }

    [Fact]
    public void WhatALinkLeadsToOutsideIsNotRemoved()
    {
        Put(_first, "main", ("config.json", "one"));
        Put(_second, "v2", ("config.json", "two"));
        var outside = _folder.Write("outside.txt", "mine");
        File.CreateSymbolicLink(Path.Combine(Model.SnapshotPath(_first), "notes.txt"), outside);
        Cache.Remove(_name, "main");
        Assert.Equal("mine", File.ReadAllText(outside));
    }

    [Fact]
    public void AModelThatIsBeingPulledIsNotRemoved()
    {
        Put(_first, "main", ("config.json", "one"));
        Directory.CreateDirectory(Model.LockFolder);
        using (new FileStream(Path.Combine(Model.LockFolder, "x.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains("is being pulled by another program", Assert.Throws<HubException>(() => Cache.Remove(_name)).Message);
        Assert.True(Cache.Remove(_name) > 0);
    }

    private void Put(string commit, string revision, params (string Path, string Text)[] files)
    {
        Directory.CreateDirectory(Path.Combine(Model.Folder, "blobs"));
        foreach (var (path, text) in files)
        {
            var blob = Git.Blob(System.Text.Encoding.UTF8.GetBytes(text));
            File.WriteAllText(Model.BlobPath(blob), text);
            Model.Link(commit, path, blob, withoutLinks: false);
        }
        Model.WriteReference(revision, commit);
    }
}
