using System.Collections.Concurrent;
using System.Net;
using System.Text;
using LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

namespace LlmRabbitHoles.Jupyter.Tests;

public sealed class ServerSocketTests
{
    private readonly System.Net.Sockets.Socket _listener = ZmtpPeer.Listen();
    private readonly BlockingCollection<string> _complaints = [];

    private int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static IEnumerable<string> Texts(IEnumerable<byte[]> frames) => frames.Select(Encoding.UTF8.GetString);

    [Fact]
    public async Task ARouterNamesTheSenderAndAnswersOnlyThatSender()
    {
        await using var router = new RouterSocket(_listener, _complaints.Add);
        using var alice = await ZmtpPeer.ConnectAsync(Port, "DEALER", "alice");
        using var hatter = await ZmtpPeer.ConnectAsync(Port, "DEALER", "hatter");
        Assert.Equal("ROUTER", await alice.ReadReadyAsync());
        Assert.Equal("ROUTER", await hatter.ReadReadyAsync());
        await alice.Stream.WriteAsync(ZmtpFrame.Encode([Bytes("one"), Bytes("two")]));
        Assert.Equal(["alice", "one", "two"], Texts(await router.Received.ReadAsync()));
        await hatter.Stream.WriteAsync(ZmtpFrame.Encode([Bytes("three")]));
        Assert.Equal(["hatter", "three"], Texts(await router.Received.ReadAsync()));
        router.Send([Bytes("nobody"), Bytes("lost")]);
        router.Send([Bytes("alice"), Bytes("answer")]);
        Assert.Equal("answer", await alice.ReadTextAsync());
    }

    [Fact]
    public async Task APeerWithoutANameGetsOneThatAnswersReachItBy()
    {
        await using var router = new RouterSocket(_listener, _complaints.Add);
        using var peer = await ZmtpPeer.ConnectAsync(Port, "DEALER");
        await peer.ReadReadyAsync();
        await peer.Stream.WriteAsync(ZmtpFrame.Encode([Bytes("question")]));
        var received = await router.Received.ReadAsync();
        router.Send([received[0], Bytes("answer")]);
        Assert.Equal("answer", await peer.ReadTextAsync());
    }

    [Fact]
    public async Task APeerWithATakenNameIsRefusedAndTheFirstKeepsItsAnswers()
    {
        await using var router = new RouterSocket(_listener, _complaints.Add);
        using var first = await ZmtpPeer.ConnectAsync(Port, "DEALER", "alice");
        await first.ReadReadyAsync();
        await first.Stream.WriteAsync(ZmtpFrame.Encode([Bytes("a")]));
        await router.Received.ReadAsync();
        using var second = await ZmtpPeer.ConnectAsync(Port, "DEALER", "alice");
        Assert.Equal(
            "a connection was refused: it uses the name of another connected program.",
            _complaints.Take(TestContext.Current.CancellationToken));
        router.Send([Bytes("alice"), Bytes("answer")]);
        Assert.Equal("answer", await first.ReadTextAsync());
    }

    [Fact]
    public async Task AReturningPeerKeepsItsName()
    {
        await using var router = new RouterSocket(_listener, _complaints.Add);
        for (var visit = 0; visit < 3; visit++)
        {
            using var peer = await ZmtpPeer.ConnectAsync(Port, "DEALER", "alice");
            await peer.ReadReadyAsync();
            await peer.Stream.WriteAsync(ZmtpFrame.Encode([Bytes("a")]));
            while (!router.Received.TryRead(out _))
            {
                if (_complaints.TryTake(out _)) break;   // the visit before has not been noticed to be over; a client tries again
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task AMessageOfEndlessFramesIsRefusedBeforeItTakesMemory()
    {
        await using var router = new RouterSocket(_listener, _complaints.Add);
        using var peer = await ZmtpPeer.ConnectAsync(Port, "DEALER");
        await peer.ReadReadyAsync();
        var frames = Enumerable.Repeat(new byte[] { 1, 0 }, 1024).SelectMany(frame => frame).ToArray();   // each says that more follows
        await peer.Stream.WriteAsync(frames);
        Assert.Contains(
            "its message has more than 1,024 frames", _complaints.Take(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheBytesOfAllFramesOfAMessageAreCounted()
    {
        await using var router = new RouterSocket(_listener, _complaints.Add);
        using var peer = await ZmtpPeer.ConnectAsync(Port, "DEALER");
        await peer.ReadReadyAsync();
        await peer.Stream.WriteAsync((byte[])[1, 3, 1, 2, 3]);
        await peer.Stream.WriteAsync((byte[])[3, 0, 0, 0, 0, 0x10, 0, 0, 0]);   // 256 MB, of which 3 bytes are taken
        Assert.Contains(
            "it announces a frame of 268,435,456 bytes, and 268,435,453 is the limit",
            _complaints.Take(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APublisherSendsWhatWasSubscribedTo()
    {
        await using var publisher = new PublisherSocket(_listener, _complaints.Add);
        using var peer = await ZmtpPeer.ConnectAsync(Port, "SUB");
        await peer.ReadReadyAsync();
        await peer.Stream.WriteAsync(ZmtpFrame.Encode([[1, .. "white"u8]]));
        await peer.Stream.WriteAsync((byte[])[4, 7, 4, .. "PING"u8, 0, 0]); // answered when the subscription has been read
        Assert.Equal("\u0004PONG", await peer.ReadTextAsync());
        publisher.Publish([Bytes("black rabbit")]);
        publisher.Publish([Bytes("white rabbit")]);
        Assert.Equal("white rabbit", await peer.ReadTextAsync());
    }

    [Fact]
    public async Task AnEchoAnswersWithTheQuestion()
    {
        await using var echo = new EchoSocket(_listener, _complaints.Add);
        using var peer = await ZmtpPeer.ConnectAsync(Port, "REQ");
        await peer.ReadReadyAsync();
        var question = ZmtpFrame.Encode([[], Bytes("ping")]);
        await peer.Stream.WriteAsync(question);
        var answer = new byte[question.Length];
        await peer.Stream.ReadExactlyAsync(answer);
        Assert.Equal(question, answer);
    }

    [Fact]
    public async Task MessagesSentBeforeTheEndArrive()
    {
        var router = new RouterSocket(_listener, _complaints.Add);
        using var peer = await ZmtpPeer.ConnectAsync(Port, "DEALER", "alice");
        await peer.ReadReadyAsync();
        await peer.Stream.WriteAsync(ZmtpFrame.Encode([Bytes("question")]));
        await router.Received.ReadAsync();
        router.Send([Bytes("alice"), Bytes("last words")]);
        await router.DisposeAsync();
        Assert.Equal("last words", await peer.ReadTextAsync());
        Assert.Null(await ZmtpFrame.ReadAsync(peer.Stream, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0, 0, "it does not send ZeroMQ's greeting")]
    [InlineData(10, 2, "it speaks ZMTP 2, and 3 is the oldest version supported here")]
    [InlineData(12, (byte)'X', "it asks for the mechanism 'XULL', and only NULL is supported here")]
    public async Task AnIncompatiblePeerIsRefusedWithOneLine(int at, byte value, string reason)
    {
        await using var router = new RouterSocket(_listener, _complaints.Add);
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        var greeting = ZmtpPeer.Greeting();
        greeting[at] = value;
        await client.GetStream().WriteAsync(greeting);
        Assert.Equal($"a connection was refused: {reason}.", _complaints.Take(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ASocketOfTheWrongTypeIsRefused()
    {
        await using var router = new RouterSocket(_listener, _complaints.Add);
        using var peer = await ZmtpPeer.ConnectAsync(Port, "SUB");
        Assert.Equal(
            "a connection was refused: it is a SUB socket, and a ROUTER socket talks to DEALER or REQ or ROUTER.",
            _complaints.Take(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AnEndlessFrameIsRefusedBeforeItTakesMemory()
    {
        await using var router = new RouterSocket(_listener, _complaints.Add);
        using var peer = await ZmtpPeer.ConnectAsync(Port, "DEALER");
        await peer.ReadReadyAsync();
        await peer.Stream.WriteAsync((byte[])[2, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        Assert.Contains(
            "it announces a frame of 9,223,372,036,854,775,807 bytes",
            _complaints.Take(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
