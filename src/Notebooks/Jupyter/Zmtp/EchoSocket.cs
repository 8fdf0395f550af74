using System.Net.Sockets;

namespace LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

/// <summary>Answers every request with itself: how Jupyter sees that a kernel lives.</summary>
internal sealed class EchoSocket(Socket listener, Action<string> complain) : ServerSocket(listener, complain)
{
    protected override string SocketType => "REP";

    protected override IReadOnlyCollection<string> PeerTypes => ["REQ", "DEALER", "ROUTER"];

    protected override void Receive(ZmtpConnection peer, IReadOnlyList<byte[]> message) => peer.Send(ZmtpFrame.Encode(message));
}
