using LlmRabbitHoles.Caching;

namespace LlmRabbitHoles.Attending;

/// <summary>The cache of a pass, for kernels that read all keys of a layer as one tensor.</summary>
internal static class WholeCaches
{
    /// <param name="pass">Brings the cache.</param>
    /// <param name="kernel">Named in the error.</param>
    /// <exception cref="InvalidOperationException">The cache holds its keys in blocks.</exception>
    public static IWholeCache WholeCache(this ForwardPass pass, string kernel)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return pass.Cache as IWholeCache ?? throw new InvalidOperationException(
            $"{pass.Cache.GetType().Name} holds its keys in blocks, and {kernel} reads them as one tensor. Use BlockAttention with it.");
    }
}
