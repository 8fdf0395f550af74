namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>The scales and least values of the eight groups of q4_k and q5_k: 16 numbers of six bits in 12 bytes.</summary>
/// <remarks><code>
/// byte 0..3:  scale[i] | two high bits of scale[i + 4] &lt;&lt; 6
/// byte 4..7:  least[i] | two high bits of least[i + 4] &lt;&lt; 6
/// byte 8..11: four low bits of scale[i + 4] | of least[i + 4] &lt;&lt; 4
/// </code></remarks>
internal static class SixBitScales
{
    public const int Groups = 8, Bytes = 12, Most = 63;

    public static (int Scale, int Least) Read(ReadOnlySpan<byte> bytes, int group) => group < 4
        ? (bytes[group] & 63, bytes[group + 4] & 63)
        : ((bytes[group + 4] & 0x0F) | ((bytes[group - 4] >> 6) << 4), (bytes[group + 4] >> 4) | ((bytes[group] >> 6) << 4));

    public static void Write(ReadOnlySpan<byte> scales, ReadOnlySpan<byte> least, Span<byte> bytes)
    {
        for (var i = 0; i < 4; i++)
        {
            bytes[i] = (byte)(scales[i] | ((scales[i + 4] >> 4) << 6));
            bytes[i + 4] = (byte)(least[i] | ((least[i + 4] >> 4) << 6));
            bytes[i + 8] = Nibbles.Join(scales[i + 4] & 0x0F, least[i + 4] & 0x0F);
        }
    }
}
