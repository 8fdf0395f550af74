namespace LlmRabbitHoles.Tokenization.Normalization;

/// <summary>How long a text may become by normalization. The most that Unicode asks for is 18 times (U+FDFA in NFKD).</summary>
internal static class GrowthLimit
{
    private const int Free = 1 << 20, Factor = 32;

    /// <summary>The longest text that a text of this length may become.</summary>
    public static int For(int length) => (int)Math.Min(int.MaxValue / 2, Free + ((long)length * Factor));
}
