using System.Text;

namespace LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

/// <summary>The 64 bytes that both sides of a ZeroMQ connection send first.</summary>
/// <remarks>
/// ZMTP 3.0, https://rfc.zeromq.org/spec/23/:
/// <code>
/// | 0xFF, 8 x any, 0x7F | major, minor | mechanism: 20, zero-padded | as-server: 1 | 31 x 0 |
/// </code>
/// A peer of a later minor version falls back to what 3.0 can do.
/// </remarks>
internal static class ZmtpGreeting
{
    public const int Length = 64;
    private const int Version = 10;
    private const int Mechanism = 12;
    private const int MechanismLength = 20;

    /// <summary>Version 3.0 with mechanism NULL: no encryption; Jupyter signs its messages instead.</summary>
    public static byte[] Create()
    {
        var greeting = new byte[Length];
        greeting[0] = 0xFF;
        greeting[9] = 0x7F;
        greeting[Version] = 3;
        "NULL"u8.CopyTo(greeting.AsSpan(Mechanism));
        return greeting;
    }

    /// <exception cref="ZmtpException">The bytes are not a greeting, or ask for an older version or another mechanism.</exception>
    public static void Check(ReadOnlySpan<byte> greeting)
    {
        if (greeting[0] != 0xFF || (greeting[9] & 1) == 0)
            throw new ZmtpException("it does not send ZeroMQ's greeting");
        if (greeting[Version] < 3)
            throw new ZmtpException($"it speaks ZMTP {greeting[Version]}, and 3 is the oldest version supported here");
        var mechanism = Encoding.ASCII.GetString(greeting.Slice(Mechanism, MechanismLength)).TrimEnd('\0');
        if (mechanism != "NULL")
            throw new ZmtpException($"it asks for the mechanism '{mechanism}', and only NULL is supported here");
    }
}
