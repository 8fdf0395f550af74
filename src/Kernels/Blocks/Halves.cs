namespace LlmRabbitHoles.Kernels.Blocks;

/// <summary>What float16 can hold.</summary>
internal static class Halves
{
    /// <summary>From here on a number rounds to infinity.</summary>
    public const float Limit = 65520;
}
