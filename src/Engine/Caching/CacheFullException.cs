namespace LlmRabbitHoles.Caching;

/// <summary>More tokens were to be kept than the cache has room for.</summary>
public sealed class CacheFullException : InvalidOperationException
{
    /// <summary>Says how many tokens were to be held and how many fit.</summary>
    public CacheFullException(long needed, int capacity)
        : base($"The cache holds {capacity} tokens and {needed} are needed. Create it with a larger capacity, or shorten the text.")
    {
    }

    /// <summary>An exception with its own message.</summary>
    public CacheFullException(string message) : base(message)
    {
    }

    /// <summary>An exception with its own message and cause.</summary>
    public CacheFullException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>An exception without details.</summary>
    public CacheFullException()
    {
    }
}
