using System.Collections.Concurrent;
using System.Net.Sockets;

namespace LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

/// <summary>Sends each message to every peer that has subscribed to a prefix of its first frame.</summary>
/// <remarks>
/// https://rfc.zeromq.org/spec/29/. A subscription is a message: 1 (or 0 to end it), then the beginning; often an empty one.
/// </remarks>
internal sealed class PublisherSocket(Socket listener, Action<string> complain) : ServerSocket(listener, complain)
{
    private readonly ConcurrentDictionary<ZmtpConnection, Subscriptions> _subscribers = new();
    private readonly Lock _sending = new();

    protected override string SocketType => "PUB";

    protected override IReadOnlyCollection<string> PeerTypes => ["SUB", "XSUB"];

    /// <summary>Publishes from any thread; all peers receive the messages in the same order.</summary>
    public void Publish(IReadOnlyList<byte[]> message)
    {
        lock (_sending)
        {
            var encoded = ZmtpFrame.Encode(message);
            foreach (var (peer, subscriptions) in _subscribers)
            {
                if (subscriptions.Cover(message[0]))
                    peer.Send(encoded);
            }
        }
    }

    protected override void Join(ZmtpConnection peer) => _subscribers[peer] = new Subscriptions();

    protected override void Leave(ZmtpConnection peer) => _subscribers.TryRemove(peer, out _);

    protected override void Receive(ZmtpConnection peer, IReadOnlyList<byte[]> message)
    {
        if (message[0] is [var verb, .. var beginning] && verb <= 1 && _subscribers.TryGetValue(peer, out var subscriptions))
            subscriptions.Change(beginning, subscribe: verb == 1);
    }

    private sealed class Subscriptions
    {
        private const int MostSubscriptions = 1024;

        private readonly List<byte[]> _beginnings = [];
        private readonly Lock _changing = new();

        public void Change(byte[] beginning, bool subscribe)
        {
            lock (_changing)
            {
                if (subscribe && _beginnings.Count == MostSubscriptions)
                    throw new ZmtpException($"it subscribes to more than {MostSubscriptions:N0} beginnings");
                if (subscribe)
                    _beginnings.Add(beginning);
                else if (_beginnings.FindIndex(known => known.AsSpan().SequenceEqual(beginning)) is >= 0 and var at)
                    _beginnings.RemoveAt(at);
            }
        }

        public bool Cover(byte[] topic)
        {
            lock (_changing)
                return _beginnings.Exists(beginning => topic.AsSpan().StartsWith(beginning));
        }
    }
}
