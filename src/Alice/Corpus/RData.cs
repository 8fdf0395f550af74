using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace LlmRabbitHoles.Alice;

/// <summary>Reads the character vectors of an R package's lazy-load database (*.rdb).</summary>
/// <remarks>The file is a row of blocks, each | unpacked size: uint32, big-endian | zlib stream |. A block holds one serialized value,
/// in which a string is | 3 bytes, 9 = CHARSXP | length: int32 | bytes |. R Internals, section 1.8, "Serialization Formats".</remarks>
internal static class RData
{
    private const int LongestBlock = 64 << 20;
    private const byte StringType = 9;

    /// <summary>The lines of each value, in the order of the file.</summary>
    public static IEnumerable<IReadOnlyList<string>> Values(byte[] file)
    {
        for (var at = 0; at + 6 <= file.Length; at++)
        {
            if (file[at + 4] != 0x78 || (file[at + 5] != 0x9c && file[at + 5] != 0xda) || Unpacked(file, at) is not { } block) continue;
            yield return [.. Strings(block)];
        }
    }

    private static byte[]? Unpacked(byte[] file, int at)
    {
        var size = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
        if (size is 0 or > LongestBlock) return null;
        var block = new byte[size];
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(file, at + 4, file.Length - at - 4), CompressionMode.Decompress);
            zlib.ReadExactly(block);
            return block;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Strings(byte[] block)
    {
        for (var at = 0; at + 8 <= block.Length; at++)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(block.AsSpan(at + 4));
            if (block[at] != 0 || block[at + 3] != StringType || length < 0 || length > block.Length - at - 8) continue;
            yield return Encoding.UTF8.GetString(block, at + 8, length);
            at += 7 + length;
        }
    }
}
