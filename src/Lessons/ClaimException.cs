namespace LlmRabbitHoles.Lessons;

/// <summary>What a notebook's text says is not what its run gave.</summary>
public sealed class ClaimException : Exception
{
    /// <summary>An exception that names the claim, the value found and the band.</summary>
    public ClaimException(string message) : base(message)
    {
    }

    /// <summary>An exception with its own message and cause.</summary>
    public ClaimException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>An exception without details.</summary>
    public ClaimException()
    {
    }
}
