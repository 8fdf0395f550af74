using System.Security.Cryptography;
using System.Text;

namespace LlmRabbitHoles.Notebooks.Jupyter.Messages;

/// <summary>
/// HMAC-SHA256 over a message's four parts, with the connection file's key. An empty key signs nothing and accepts everything.
/// </summary>
internal sealed class MessageSigner(string key)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <summary>Whether there is a key.</summary>
    public bool Signs => _key.Length > 0;

    /// <returns>The signature in hexadecimal, as ASCII; empty without a key.</returns>
    public byte[] Sign(ReadOnlySpan<byte[]> parts)
    {
        if (!Signs)
            return [];
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var part in parts)
            hmac.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
    }

    /// <summary>Whether the signature matches these parts. Takes the same time for every wrong signature.</summary>
    public bool Accepts(ReadOnlySpan<byte> signature, ReadOnlySpan<byte[]> parts) =>
        !Signs || CryptographicOperations.FixedTimeEquals(Sign(parts), signature);
}
