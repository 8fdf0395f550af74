namespace LlmRabbitHoles.Generation;

/// <summary>A prompt that the model cannot read: empty, too long for its context, or with ids outside its vocabulary.</summary>
public sealed class PromptException : ArgumentException
{
    /// <summary>An exception whose message says what is wrong and how to mend it.</summary>
    public PromptException(string message) : base(message)
    {
    }

    /// <summary>An exception with its own message and cause.</summary>
    public PromptException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>An exception without details.</summary>
    public PromptException()
    {
    }
}
