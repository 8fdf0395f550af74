using System.Collections.Concurrent;
using System.Net;
using System.Text;
using LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

namespace LlmRabbitHoles.Jupyter.Tests.Zmtp;

public sealed class ServerSocketFacts
{
    private readonly System.Net.Sockets.Socket _listener = ZmtpPeer.Listen();
    private readonly BlockingCollection<string> _complaints = [];

    private int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static IEnumerable<string> Texts(IEnumerable<byte[]> frames) => frames.Select(Encoding.UTF8.GetString);

    [Fact]
    public async Task ARouterNamesTheSenderAndAnswersHimAlone()
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
    public async Task APeerThatComesBackUnderItsNameTakesTheAnswers()
    {
        await using var router = new RouterSocket(_listener, _complaints.Add);
        using var before = await ZmtpPeer.ConnectAsync(Port, "DEALER", "alice");
        await before.ReadReadyAsync();
        await before.Stream.WriteAsync(ZmtpFrame.Encode([Bytes("a")]));
        await router.Received.ReadAsync();
        using var after = await ZmtpPeer.ConnectAsync(Port, "DEALER", "alice");
        await after.ReadReadyAsync();
        await after.Stream.WriteAsync(ZmtpFrame.Encode([Bytes("b")]));
        await router.Received.ReadAsync();
        router.Send([Bytes("alice"), Bytes("answer")]);
        Assert.Equal("answer", await after.ReadTextAsync());
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
    public async Task WhatWasSentBeforeTheEndArrives()
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
    [InlineData(0, 0, "it does not greet as ZeroMQ does")]
    [InlineData(10, 2, "it speaks ZMTP 2, and 3 is the oldest version spoken here")]
    [InlineData(12, (byte)'X', "it asks for the mechanism 'XULL', and only NULL is known here")]
    public async Task AStrangerIsTurnedAwayWithOneLine(int at, byte value, string reason)
    {
        await using var router = new RouterSocket(_listener, _complaints.Add);
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        var greeting = ZmtpPeer.Greeting();
        greeting[at] = value;
        await client.GetStream().WriteAsync(greeting);
        Assert.Equal($"a program that connected was turned away: {reason}.", _complaints.Take(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ASocketOfTheWrongTypeIsTurnedAway()
    {
        await using var router = new RouterSocket(_listener, _complaints.Add);
        using var peer = await ZmtpPeer.ConnectAsync(Port, "SUB");
        Assert.Equal(
            "a program that connected was turned away: it is a SUB socket, and a ROUTER socket talks to DEALER or REQ or ROUTER.",
            _complaints.Take(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AnEndlessFrameIsTurnedAwayBeforeItTakesMemory()
    {
        await using var router = new RouterSocket(_listener, _complaints.Add);
        using var peer = await ZmtpPeer.ConnectAsync(Port, "DEALER");
        await peer.ReadReadyAsync();
        await peer.Stream.WriteAsync((byte[])[2, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        Assert.Contains(
            "it announces a frame of 9,223,372,036,854,775,807 bytes", _complaints.Take(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
