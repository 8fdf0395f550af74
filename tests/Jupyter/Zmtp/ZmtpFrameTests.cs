using LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

namespace LlmRabbitHoles.Jupyter.Tests;

public sealed class ZmtpFrameTests
{
    [Fact]
    public void AShortFrameHasItsLengthInOneByte() =>
        Assert.Equal([0, 3, .. "abc"u8], new ZmtpFrame(ZmtpFlags.None, [.. "abc"u8]).Encode());

    [Fact]
    public void ALongFrameHasItsLengthInEight()
    {
        var encoded = new ZmtpFrame(ZmtpFlags.None, new byte[256]).Encode();
        Assert.Equal([2, 0, 0, 0, 0, 0, 0, 1, 0], encoded[..9]);
        Assert.Equal(9 + 256, encoded.Length);
    }

    [Fact]
    public void EveryFrameButTheLastAnnouncesAnother() =>
        Assert.Equal([1, 1, (byte)'a', 1, 0, 0, 1, (byte)'b'], ZmtpFrame.Encode([[.. "a"u8], [], [.. "b"u8]]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1024 * 1024)]
    [InlineData(3 * 1024 * 1024 + 1)]
    public async Task EveryLengthIsReadBack(int length)
    {
        var body = new byte[length];
        new Random(length).NextBytes(body);
        using var stream = new MemoryStream(ZmtpFrame.Encode([body, body]));
        var first = (await ZmtpFrame.ReadAsync(stream, TestContext.Current.CancellationToken))!.Value;
        var second = (await ZmtpFrame.ReadAsync(stream, TestContext.Current.CancellationToken))!.Value;
        Assert.Equal((true, false), (first.HasMore, second.HasMore));
        Assert.Equal(body, first.Body);
        Assert.Equal(body, second.Body);
        Assert.Null(await ZmtpFrame.ReadAsync(stream, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ReadingATruncatedFrameThrows()
    {
        using var stream = new MemoryStream([0, 3, (byte)'a']);
        await Assert.ThrowsAsync<EndOfStreamException>(() => ZmtpFrame.ReadAsync(stream, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void ATruncatedReadyCommandIsRefused()
    {
        var ready = ZmtpReady.Create("ROUTER");
        Assert.Equal("ROUTER", ZmtpReady.Parse(ready).SocketType);
        Assert.Equal(
            "its READY command is truncated",
            Assert.Throws<ZmtpException>(() => ZmtpReady.Parse(ready.AsSpan(0, ready.Length - 1))).Message);
        Assert.Equal(
            "it does not say READY after its greeting", Assert.Throws<ZmtpException>(() => ZmtpReady.Parse("\u0004PING"u8)).Message);
    }
}
