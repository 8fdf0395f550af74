using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.Channels;

namespace LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

/// <summary>
/// Receives messages from many peers in one queue, each prefixed with the sender's identity, and sends answers by identity.
/// </summary>
/// <remarks>https://rfc.zeromq.org/spec/28/</remarks>
internal sealed class RouterSocket(Socket listener, Action<string> complain) : ServerSocket(listener, complain)
{
    private readonly Channel<IReadOnlyList<byte[]>> _received = Channel.CreateUnbounded<IReadOnlyList<byte[]>>();
    private readonly ConcurrentDictionary<string, ZmtpConnection> _byIdentity = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ZmtpConnection, byte[]> _identities = new();
    private int _unnamed;

    /// <summary>Received messages: the sender's identity, then its frames.</summary>
    public ChannelReader<IReadOnlyList<byte[]>> Received => _received.Reader;

    protected override string SocketType => "ROUTER";

    protected override IReadOnlyCollection<string> PeerTypes => ["DEALER", "REQ", "ROUTER"];

    /// <summary>Sends to the peer that the first frame names; drops the message when that peer has gone.</summary>
    public void Send(IReadOnlyList<byte[]> message)
    {
        if (_byIdentity.TryGetValue(Key(message[0]), out var peer))
            peer.Send(ZmtpFrame.Encode([.. message.Skip(1)]));
    }

    protected override void Join(ZmtpConnection peer)
    {
        // If two peers share a name, the earlier keeps it, as in libzmq; otherwise another peer would get its answers.
        var identity = peer.Identity.Length > 0 ? peer.Identity : NewIdentity();
        if (peer.Identity is [0, ..] || !_byIdentity.TryAdd(Key(identity), peer))
            throw new ZmtpException("it uses the name of another connected program");
        _identities[peer] = identity;
    }

    protected override void Leave(ZmtpConnection peer)
    {
        if (_identities.TryRemove(peer, out var identity))
            _byIdentity.TryRemove(KeyValuePair.Create(Key(identity), peer));
    }

    protected override void Receive(ZmtpConnection peer, IReadOnlyList<byte[]> message) =>
        _received.Writer.TryWrite([_identities[peer], .. message]);

    private static string Key(byte[] identity) => Convert.ToHexString(identity);

    // Names that start with a zero byte are reserved for this side.
    private byte[] NewIdentity()
    {
        var identity = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(identity.AsSpan(1), Interlocked.Increment(ref _unnamed));
        return identity;
    }
}
