using System.Buffers.Binary;
using System.Text;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>Safetensors files built by hand, byte for byte, independently of the writer under test.</summary>
internal static class SafetensorsBytes
{
    /// <summary>| length: uint64 | header | data |</summary>
    public static byte[] File(string header, params byte[] data) => File(Encoding.UTF8.GetBytes(header), data);

    public static byte[] File(byte[] header, params byte[] data) => [.. Length((ulong)header.Length), .. header, .. data];

    public static byte[] Length(ulong length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        return bytes;
    }

    /// <summary>One F32 tensor "a" of shape [2]: 1.5 = 0x3FC00000 and -2 = 0xC0000000.</summary>
    public static byte[] Small { get; } =
        File("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0);

    /// <summary>Float32 zeros under the given names and shapes, back to back.</summary>
    public static byte[] Zeros(params IEnumerable<(string Name, long[] Shape)> tensors)
    {
        var (header, end) = (new StringBuilder("{"), 0L);
        foreach (var (name, shape) in tensors)
        {
            var begin = end;
            end += 4 * shape.Aggregate(1L, (count, size) => count * size);
            header.Append(header.Length > 1 ? "," : "").Append($$"""
                "{{name}}":{"dtype":"F32","shape":[{{string.Join(",", shape)}}],"data_offsets":[{{begin}},{{end}}]}
                """);
        }
        return File(header.Append('}').ToString(), new byte[end]);
    }
}
