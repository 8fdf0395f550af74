using System.Net;
using System.Net.Sockets;
using LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

namespace LlmRabbitHoles.Jupyter.Tests;

/// <summary>The client's side of a connection, written byte by byte from the specification.</summary>
internal sealed class ZmtpPeer : IDisposable
{
    private readonly TcpClient _client = new();

    public NetworkStream Stream => _client.GetStream();

    /// <summary>A listener on a port that the system chooses.</summary>
    public static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    /// <summary>Connects and sends the greeting of a socket with that type and name.</summary>
    public static async Task<ZmtpPeer> ConnectAsync(int port, string type, string identity = "")
    {
        var peer = new ZmtpPeer();
        await peer._client.ConnectAsync(IPAddress.Loopback, port);
        await peer.Stream.WriteAsync(Greeting());
        await peer.Stream.ReadExactlyAsync(new byte[64]);
        byte[] ready =
        [
            5, .. "READY"u8,
            11, .. "Socket-Type"u8, 0, 0, 0, (byte)type.Length, .. System.Text.Encoding.ASCII.GetBytes(type),
            8, .. "Identity"u8, 0, 0, 0, (byte)identity.Length, .. System.Text.Encoding.ASCII.GetBytes(identity),
        ];
        await peer.Stream.WriteAsync((byte[])[4, (byte)ready.Length, .. ready]);
        return peer;
    }

    /// <summary>Version 3.1, as libzmq sends it today.</summary>
    public static byte[] Greeting() => [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 1, .. "NULL"u8, .. new byte[48]];

    /// <summary>Reads the server's READY.</summary>
    public async Task<string> ReadReadyAsync()
    {
        var frame = (await ZmtpFrame.ReadAsync(Stream, TestContext.Current.CancellationToken))!.Value;
        Assert.True(frame.IsCommand);
        return ZmtpReady.Parse(frame.Body).SocketType;
    }

    public async Task<string> ReadTextAsync()
    {
        var frame = (await ZmtpFrame.ReadAsync(Stream, TestContext.Current.CancellationToken))!.Value;
        return System.Text.Encoding.UTF8.GetString(frame.Body);
    }

    public void Dispose() => _client.Dispose();
}
