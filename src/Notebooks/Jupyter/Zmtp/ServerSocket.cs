using System.Collections.Concurrent;
using System.Net.Sockets;

namespace LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

/// <summary>A ZeroMQ socket that peers connect to.</summary>
internal abstract class ServerSocket : IAsyncDisposable
{
    private static readonly TimeSpan GreetingPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(1);

    /// <summary>Each may hold one unfinished message. A notebook has only a few front ends.</summary>
    private const int MostPeers = 128;

    private readonly Socket _listener;
    private readonly Action<string> _complain;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<ZmtpConnection, Task> _peers = new();
    private readonly Task _accepting;

    /// <param name="listener">Bound and listening; owned from now on.</param>
    /// <param name="complain">Receives one sentence for each peer that is refused.</param>
    protected ServerSocket(Socket listener, Action<string> complain)
    {
        _listener = listener;
        _complain = complain;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>The socket type of ZMTP.</summary>
    protected abstract string SocketType { get; }

    /// <summary>The types that may connect to it.</summary>
    protected abstract IReadOnlyCollection<string> PeerTypes { get; }

    /// <summary>Stops listening, sends waiting messages, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        var peers = _peers.ToArray();
        // Closing a peer ends the loop that reads from it.
        await Task.WhenAll(peers.Select(peer => peer.Key.CloseAsync(ClosingPatience)));
        await Task.WhenAll(peers.Select(peer => peer.Value));
        _closing.Dispose();
    }

    /// <summary>Called when a peer has connected.</summary>
    /// <exception cref="ZmtpException">The peer is refused.</exception>
    protected virtual void Join(ZmtpConnection peer)
    {
    }

    /// <summary>Called when a peer has disconnected.</summary>
    protected virtual void Leave(ZmtpConnection peer)
    {
    }

    /// <summary>Called for each message of a peer, in order; messages of other peers may arrive at the same time.</summary>
    protected abstract void Receive(ZmtpConnection peer, IReadOnlyList<byte[]> message);

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_closing.Token);
                _ = Task.Run(() => GreetAsync(socket));
            }
            catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The peer hung up while it was being accepted.
            }
        }
    }

    private async Task GreetAsync(Socket socket)
    {
        if (socket.ProtocolType == ProtocolType.Tcp)
            socket.NoDelay = true;
        var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
            patience.CancelAfter(GreetingPatience);
            var peer = await ZmtpConnection.GreetAsync(stream, SocketType, PeerTypes, patience.Token);
            await ServeAsync(peer);
        }
        catch (Exception refused) when (IsPeersFault(refused))
        {
            await stream.DisposeAsync();
            Complain(refused);
        }
    }

    private async Task ServeAsync(ZmtpConnection peer)
    {
        var served = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _peers[peer] = served.Task;
        try
        {
            if (_peers.Count > MostPeers)
                throw new ZmtpException($"{MostPeers} others are connected, and that is the limit");
            Join(peer);
            while (await peer.ReceiveAsync(CancellationToken.None) is { } message)
                Receive(peer, message);
        }
        catch (Exception gone) when (IsPeersFault(gone))
        {
            Complain(gone);
        }
        finally
        {
            Leave(peer);
            _peers.TryRemove(peer, out _);
            await peer.DisposeAsync();
            served.SetResult();
        }
    }

    private static bool IsPeersFault(Exception e) =>
        e is ZmtpException or IOException or OperationCanceledException or ObjectDisposedException;

    /// <summary>A peer may disconnect at any time, even within a message; invalid data is reported.</summary>
    private void Complain(Exception fault)
    {
        if (fault is ZmtpException)
            _complain($"a connection was refused: {fault.Message}.");
    }
}
