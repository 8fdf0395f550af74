using System.Buffers.Binary;

namespace LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

/// <summary>One part of a message, or a command, on the wire.</summary>
/// <remarks>
/// ZMTP 3.0, section "Framing":
/// <code>
/// | flags: 1 | length: 1 byte, or 8 big-endian when flags has Long | body |
/// </code>
/// </remarks>
internal readonly record struct ZmtpFrame(ZmtpFlags Flags, byte[] Body)
{
    /// <summary>Longer frames are refused before they take memory.</summary>
    public const int LongestBody = 256 * 1024 * 1024;

    private const int Piece = 1024 * 1024;

    public bool IsCommand => Flags.HasFlag(ZmtpFlags.Command);

    public bool HasMore => Flags.HasFlag(ZmtpFlags.More);

    /// <summary>The frames of one message, encoded as consecutive bytes.</summary>
    public static byte[] Encode(IReadOnlyList<byte[]> message)
    {
        var bytes = new byte[message.Sum(body => LengthOf(body))];
        var rest = bytes.AsSpan();
        for (var i = 0; i < message.Count; i++)
            rest = new ZmtpFrame(i + 1 < message.Count ? ZmtpFlags.More : ZmtpFlags.None, message[i]).WriteTo(rest);
        return bytes;
    }

    public byte[] Encode()
    {
        var bytes = new byte[LengthOf(Body)];
        WriteTo(bytes);
        return bytes;
    }

    /// <returns>The next frame; null when the stream has ended before it.</returns>
    /// <param name="stream">Where it comes from.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="longestBody">How many bytes the message may still have.</param>
    /// <exception cref="ZmtpException">The frame is longer than <paramref name="longestBody"/>.</exception>
    /// <exception cref="EndOfStreamException">The stream ended inside of the frame.</exception>
    public static async Task<ZmtpFrame?> ReadAsync(Stream stream, CancellationToken cancellationToken, int longestBody = LongestBody)
    {
        var head = new byte[9];
        if (await stream.ReadAtLeastAsync(head.AsMemory(0, 1), 1, throwOnEndOfStream: false, cancellationToken) == 0)
            return null;
        var flags = (ZmtpFlags)head[0];
        var lengthBytes = flags.HasFlag(ZmtpFlags.Long) ? 8 : 1;
        await stream.ReadExactlyAsync(head.AsMemory(1, lengthBytes), cancellationToken);
        var length = lengthBytes == 1 ? head[1] : BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(1));
        if (length > (ulong)longestBody)
            throw new ZmtpException($"it announces a frame of {length:N0} bytes, and {longestBody:N0} is the limit");
        return new ZmtpFrame(flags & ~ZmtpFlags.Long, await ReadBodyAsync(stream, (int)length, cancellationToken));
    }

    /// <summary>Grows as bytes arrive, so that an announced length alone takes no memory.</summary>
    private static async Task<byte[]> ReadBodyAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        var body = new byte[Math.Min(length, Piece)];
        var read = 0;
        while (read < length)
        {
            if (read == body.Length)
                Array.Resize(ref body, (int)Math.Min(length, 2L * body.Length));
            await stream.ReadExactlyAsync(body.AsMemory(read), cancellationToken);
            read = body.Length;
        }

        return body;
    }

    private static int LengthOf(byte[] body) => body.Length + (body.Length > byte.MaxValue ? 9 : 2);

    private Span<byte> WriteTo(Span<byte> target)
    {
        var isLong = Body.Length > byte.MaxValue;
        target[0] = (byte)(isLong ? Flags | ZmtpFlags.Long : Flags);
        if (isLong)
            BinaryPrimitives.WriteInt64BigEndian(target[1..], Body.Length);
        else
            target[1] = (byte)Body.Length;
        var head = isLong ? 9 : 2;
        Body.CopyTo(target[head..]);
        return target[(head + Body.Length)..];
    }
}

/// <summary>The first byte of a frame.</summary>
[Flags]
internal enum ZmtpFlags : byte
{
    None = 0,

    /// <summary>More frames of the same message follow.</summary>
    More = 1,

    /// <summary>The length takes eight bytes.</summary>
    Long = 2,

    /// <summary>The frame is a command to the connection, not part of a message.</summary>
    Command = 4,
}
