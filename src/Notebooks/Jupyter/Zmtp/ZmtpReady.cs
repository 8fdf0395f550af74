using System.Buffers.Binary;
using System.Text;

namespace LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

/// <summary>The command after the greeting, in which each side names its socket type.</summary>
/// <remarks>
/// ZMTP 3.0, section "The NULL Security Mechanism":
/// <code>
/// | 5, "READY" | name's length: 1 | name | value's length: 4, big-endian | value | ...
/// </code>
/// </remarks>
internal static class ZmtpReady
{
    private const string SocketType = "Socket-Type";
    private const string Identity = "Identity";

    private static ReadOnlySpan<byte> Name => "\u0005READY"u8;

    public static byte[] Create(string socketType)
    {
        using var body = new MemoryStream();
        body.Write(Name);
        body.WriteByte((byte)SocketType.Length);
        body.Write(Encoding.ASCII.GetBytes(SocketType));
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, socketType.Length);
        body.Write(length);
        body.Write(Encoding.ASCII.GetBytes(socketType));
        return body.ToArray();
    }

    /// <returns>The peer's type ("DEALER") and its identity; empty when this side must choose one.</returns>
    /// <exception cref="ZmtpException">The command is another one, or broken.</exception>
    public static (string SocketType, byte[] Identity) Parse(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Name))
            throw new ZmtpException("it does not say READY after its greeting");
        var (type, identity) = ("", Array.Empty<byte>());
        for (var rest = body[Name.Length..]; !rest.IsEmpty;)
        {
            var name = Encoding.ASCII.GetString(Take(ref rest, Take(ref rest, 1)[0]));
            var value = Take(ref rest, BinaryPrimitives.ReadInt32BigEndian(Take(ref rest, 4)));
            if (name.Equals(SocketType, StringComparison.OrdinalIgnoreCase))
                type = Encoding.ASCII.GetString(value);
            if (name.Equals(Identity, StringComparison.OrdinalIgnoreCase))
                identity = value.ToArray();
        }

        return (type, identity);
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int length)
    {
        if (length < 0 || length > rest.Length)
            throw new ZmtpException("its READY command is truncated");
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
