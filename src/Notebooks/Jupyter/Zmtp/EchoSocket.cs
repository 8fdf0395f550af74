using System.Net.Sockets;

namespace LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

/// <summary>Echoes every request. Jupyter uses it to see that a kernel is alive.</summary>
internal sealed class EchoSocket(Socket listener, Action<string> complain) : ServerSocket(listener, complain)
{
    protected override string SocketType => "REP";

    protected override IReadOnlyCollection<string> PeerTypes => ["REQ", "DEALER", "ROUTER"];

    protected override void Receive(ZmtpConnection peer, IReadOnlyList<byte[]> message) => peer.Send(ZmtpFrame.Encode(message));
}
