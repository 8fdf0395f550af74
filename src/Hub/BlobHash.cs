using System.Security.Cryptography;
using System.Text;

namespace LlmRabbitHoles.Hub;

/// <summary>Whether a file's content is the one that its blob's name promises, worked out while it arrives.</summary>
/// <remarks>
/// A name of 64 digits is the content's SHA-256 (Git LFS). One of 40 is git's: the SHA-1 of "blob LENGTH\0" and the content. Any other name
/// is a server's own entity tag and promises nothing.
/// </remarks>
internal sealed class BlobHash : IDisposable
{
    private readonly string _blob;
    private readonly byte[] _before;
    private readonly IncrementalHash? _hash;

    /// <param name="blob">The blob's name.</param>
    /// <param name="size">Bytes of the whole content.</param>
    public BlobHash(string blob, long size)
    {
        _blob = blob;
        (_hash, Kind, _before) = blob.Length switch
        {
            64 when IsHex(blob) => (IncrementalHash.CreateHash(HashAlgorithmName.SHA256), "SHA-256", Array.Empty<byte>()),
            40 when IsHex(blob) => (GitHash(), "git's SHA-1", Encoding.ASCII.GetBytes($"blob {size}\0")),
            _ => (null, "size", Array.Empty<byte>()),
        };
        Restart();
    }

    /// <summary>What is checked: SHA-256, git's SHA-1, or only the size.</summary>
    public string Kind { get; }

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _hash?.AppendData(bytes);

    /// <summary>Forgets all bytes taken.</summary>
    public void Restart()
    {
        _hash?.TryGetHashAndReset(stackalloc byte[64], out _);
        _hash?.AppendData(_before);
    }

    /// <summary>What the content hashes to, where that is not the blob's name; null where all is well.</summary>
    public string? Mismatch()
    {
        if (_hash is null) return null;
        var found = Convert.ToHexStringLower(_hash.GetCurrentHash());
        return found == _blob ? null : found;
    }

    public void Dispose() => _hash?.Dispose();

    private static bool IsHex(string text) => text.All(c => c is >= '0' and <= '9' or >= 'a' and <= 'f');

#pragma warning disable CA5350 // SHA-1 is what git names contents by.
    private static IncrementalHash GitHash() => IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
}
