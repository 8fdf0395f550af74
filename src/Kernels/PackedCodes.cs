using LlmRabbitHoles.Kernels.Blocks;

namespace LlmRabbitHoles.Kernels;

/// <summary>Codes of four bits, two a byte: of 32 codes, byte i holds code i + 8 in its low half and code i + 16, + 8, in its high
/// half.</summary>
public static class PackedCodes
{
    /// <summary>Takes them apart.</summary>
    /// <param name="bytes">A multiple of 16.</param>
    /// <param name="codes">Twice as many, from -8 to 7.</param>
    public static void Unpack(ReadOnlySpan<byte> bytes, Span<sbyte> codes)
    {
        for (var i = 0; i < bytes.Length; i += 16)
            Nibbles.Split(bytes.Slice(i, 16), 8, codes.Slice(2 * i, 16), codes.Slice((2 * i) + 16, 16));
    }
}
