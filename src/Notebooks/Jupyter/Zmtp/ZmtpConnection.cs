using System.Threading.Channels;

namespace LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

/// <summary>A connection to one peer after the handshake. A message is a list of frames.</summary>
internal sealed class ZmtpConnection : IAsyncDisposable
{
    /// <summary>A peer that stops reading is dropped when this much waits for it.</summary>
    private const long MostUnsent = 512L * 1024 * 1024;

    /// <summary>
    /// A message is held completely before its key can be checked, so its frames and bytes are limited.
    /// </summary>
    private const int MostFrames = 1024;
    private const int MostReadyBytes = 64 * 1024;

    private readonly Stream _stream;
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;
    private long _unsent;

    private ZmtpConnection(Stream stream, byte[] identity)
    {
        _stream = stream;
        Identity = identity;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>The name that the peer gave itself; empty when it gave none.</summary>
    public byte[] Identity { get; }

    /// <summary>Performs the handshake with a peer that has just connected.</summary>
    /// <param name="stream">Owned from now on.</param>
    /// <param name="ownType">ROUTER, PUB or REP.</param>
    /// <param name="peerTypes">What may connect to it.</param>
    /// <param name="cancellationToken">Ends the waiting for its answer.</param>
    /// <exception cref="ZmtpException">The peer does not follow the protocol or has another type.</exception>
    public static async Task<ZmtpConnection> GreetAsync(
        Stream stream, string ownType, IReadOnlyCollection<string> peerTypes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(ZmtpGreeting.Create(), cancellationToken);
        var greeting = new byte[ZmtpGreeting.Length];
        await stream.ReadExactlyAsync(greeting, cancellationToken);
        ZmtpGreeting.Check(greeting);
        await stream.WriteAsync(new ZmtpFrame(ZmtpFlags.Command, ZmtpReady.Create(ownType)).Encode(), cancellationToken);
        var ready = await ZmtpFrame.ReadAsync(stream, cancellationToken, MostReadyBytes) ?? throw new EndOfStreamException();
        var (type, identity) = ZmtpReady.Parse(ready.Body);
        if (!peerTypes.Contains(type))
            throw new ZmtpException($"it is a {type} socket, and a {ownType} socket talks to {string.Join(" or ", peerTypes)}");
        return new ZmtpConnection(stream, identity);
    }

    /// <returns>The next message's frames; null when the peer has gone.</returns>
    /// <exception cref="ZmtpException">The message has too many frames, or too many bytes in all.</exception>
    public async Task<IReadOnlyList<byte[]>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var message = new List<byte[]>();
        var left = ZmtpFrame.LongestBody;
        while (await ZmtpFrame.ReadAsync(_stream, cancellationToken, left) is { } frame)
        {
            if (frame.IsCommand)
            {
                Obey(frame.Body);
                continue;
            }

            message.Add(frame.Body);
            if (!frame.HasMore)
                return message;
            left -= frame.Body.Length;
            if (message.Count == MostFrames)
                throw new ZmtpException($"its message has more than {MostFrames:N0} frames");
        }

        return null;
    }

    /// <summary>Queues an encoded message for sending; returns at once.</summary>
    public void Send(byte[] encoded)
    {
        if (Interlocked.Add(ref _unsent, encoded.Length) > MostUnsent)
            _stream.Dispose();
        else
            _outgoing.Writer.TryWrite(encoded);
    }

    /// <summary>Sends waiting messages for at most <paramref name="patience"/>, then closes.</summary>
    public async Task CloseAsync(TimeSpan patience)
    {
        _outgoing.Writer.TryComplete();
        await Task.WhenAny(_writing, Task.Delay(patience));
        await _stream.DisposeAsync();
        await _writing;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(CloseAsync(TimeSpan.Zero));

    /// <summary>A peer may ask whether this side is alive; other commands belong to later versions of the protocol.</summary>
    private void Obey(byte[] command)
    {
        if (command.AsSpan().StartsWith("\u0004PING"u8) && command.Length >= 7)
            Send(new ZmtpFrame(ZmtpFlags.Command, [.. "\u0004PONG"u8, .. command.AsSpan(7)]).Encode());
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync())
            {
                await _stream.WriteAsync(message);
                Interlocked.Add(ref _unsent, -message.Length);
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The reading loop notices it too and removes the peer.
        }
    }
}
