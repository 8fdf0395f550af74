namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>ggml's q4_k: 4.5 bits a weight, in blocks of 256.</summary>
/// <remarks><code>
/// 144 bytes: | 16 bytes (<see cref="AffineSuperBlock"/>) | 4 x 32 bytes: codes of a group | of the next group &lt;&lt; 4 |
/// </code></remarks>
public sealed class Q4K : AffineSuperBlock
{
    internal Q4K() : base("q4_k", Codes + 128, most: 15)
    {
    }

    private protected override void UnpackCodes(ReadOnlySpan<byte> bytes, Span<sbyte> codes)
    {
        for (var pair = 0; pair < 4; pair++)
        {
            for (var half = 0; half < 32; half += 16)
                Nibbles.Split(
                    bytes.Slice((pair * 32) + half, 16), 0, codes.Slice((pair * 64) + half, 16), codes.Slice((pair * 64) + 32 + half, 16));
        }
    }

    private protected override void PackCodes(ReadOnlySpan<byte> codes, Span<byte> bytes)
    {
        for (var i = 0; i < 128; i++)
        {
            var at = (i / 32 * 64) + (i % 32);
            bytes[i] = Nibbles.Join(codes[at], codes[at + 32]);
        }
    }
}
