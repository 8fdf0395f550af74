namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>ggml's q5_k: 5.5 bits a weight, in blocks of 256.</summary>
/// <remarks><code>
/// 176 bytes: | 16 bytes (<see cref="AffineSuperBlock"/>) | 32 bytes: bit g of byte i is the fifth bit of code i in group g |
///            | 4 x 32 bytes: low 4 bits of a group's codes | of the next group's &lt;&lt; 4 |
/// </code></remarks>
public sealed class Q5K : AffineSuperBlock
{
    private const int Fifth = 32;

    internal Q5K() : base("q5_k", Codes + Fifth + 128, most: 31)
    {
    }

    private protected override void UnpackCodes(ReadOnlySpan<byte> bytes, Span<sbyte> codes)
    {
        for (var i = 0; i < 256; i++)
        {
            var (group, at) = (i / 32, i % 32);
            var pair = bytes[Fifth + (group / 2 * 32) + at];
            codes[i] = (sbyte)((group % 2 == 0 ? pair & 0x0F : pair >> 4) | (((bytes[at] >> group) & 1) << 4));
        }
    }

    private protected override void PackCodes(ReadOnlySpan<byte> codes, Span<byte> bytes)
    {
        bytes[..Fifth].Clear();
        for (var i = 0; i < 256; i++) bytes[i % 32] |= (byte)((codes[i] >> 4) << (i / 32));
        for (var i = 0; i < 128; i++)
        {
            var at = (i / 32 * 64) + (i % 32);
            bytes[Fifth + i] = Nibbles.Join(codes[at] & 0x0F, codes[at + 32] & 0x0F);
        }
    }
}
