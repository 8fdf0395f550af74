using System.Net.Sockets;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Reading;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ALinkIsWrittenThrough()
    {
        File.CreateSymbolicLink(_folder["link"], _folder["far"]);
        File.CreateSymbolicLink(_folder["farther"], "link");
        Assert.Equal(_folder["far"], OutputFile.Resolve(_folder["farther"]));
        SafetensorsWriter.Write(_folder["farther"], []);
        Assert.Equal("link", new FileInfo(_folder["farther"]).LinkTarget);
        Assert.True(new FileInfo(_folder["far"]).Length > 0);
    }

    [Fact]
    public void LinksInACircleAreRefused()
    {
        File.CreateSymbolicLink(_folder["a"], _folder["b"]);
        File.CreateSymbolicLink(_folder["b"], _folder["a"]);
        Assert.Contains("circle", Assert.Throws<IOException>(() => OutputFile.Resolve(_folder["a"])).Message);
    }

    [Fact]
    public void WritingOntoADeviceIsRefusedAndLeavesIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such devices.");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));
        File.CreateSymbolicLink(_folder["full"], "/dev/full");
        foreach (var (path, kind) in new[]
        {
            ("/dev/full", "a device"), ("/dev/null", "a device"), (_folder["full"], "a device"), (_folder["socket"], "a socket"),
            (_folder.Path, "a folder"),
        })
        {
            Assert.Contains(kind, Assert.Throws<IOException>(() => OutputFile.Resolve(path)).Message);
            Assert.Throws<CheckpointException>(() => SafetensorsWriter.Write(path, []));
        }

        Assert.Equal("/dev/full", new FileInfo(_folder["full"]).LinkTarget);
    }

    [Theory]
    [InlineData("there/x.safetensors")]
    [InlineData("there/deep/er/x.safetensors")]
    public void WritingBelowAFileIsRefused(string path)
    {
        _folder.Write("there", "x");
        var refused = Assert.Throws<CheckpointException>(() => SafetensorsWriter.Write(_folder[path], []));
        Assert.Equal($"'{_folder["there"]}' is a file, so nothing can be written below it. Name another folder.", refused.Message);
        Assert.Equal("x", File.ReadAllText(_folder["there"]));
    }

    [Fact]
    public void AFileAndAFreeNameStayAsTheyAre()
    {
        _folder.Write("there", "x");
        Assert.Equal(
            (_folder["there"], _folder["new/deep"]), (OutputFile.Resolve(_folder["there"]), OutputFile.Resolve(_folder["new/deep"])));
        Assert.Equal(_folder["made"], OutputFile.ResolveFolder(_folder["made"] + "/"));
        Assert.Contains("a file", Assert.Throws<IOException>(() => OutputFile.ResolveFolder(_folder["there"])).Message);
    }
}
