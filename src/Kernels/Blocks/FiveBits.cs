namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>32 codes of five bits: four of each in a byte that two codes share, the fifth bits of all in one word.</summary>
internal static class FiveBits
{
    /// <summary>Takes codes apart.</summary>
    /// <param name="bytes">[16]</param>
    /// <param name="fifth">Bit i is the highest of code i.</param>
    /// <param name="subtract">Taken off each code.</param>
    /// <param name="codes">[32]</param>
    public static void Split(ReadOnlySpan<byte> bytes, uint fifth, int subtract, Span<sbyte> codes)
    {
        for (var i = 0; i < 16; i++)
        {
            codes[i] = (sbyte)(((bytes[i] & 0x0F) | (int)(((fifth >> i) & 1) << 4)) - subtract);
            codes[i + 16] = (sbyte)(((bytes[i] >> 4) | (int)(((fifth >> (i + 16)) & 1) << 4)) - subtract);
        }
    }

    /// <summary>Puts codes together.</summary>
    /// <param name="codes">[32] from 0 to 31.</param>
    /// <param name="bytes">Receives 16 bytes.</param>
    /// <returns>The fifth bits.</returns>
    public static uint Join(ReadOnlySpan<byte> codes, Span<byte> bytes)
    {
        uint fifth = 0;
        for (var i = 0; i < 32; i++) fifth |= (uint)(codes[i] >> 4) << i;
        for (var i = 0; i < 16; i++) bytes[i] = Nibbles.Join(codes[i] & 0x0F, codes[i + 16] & 0x0F);
        return fifth;
    }
}
