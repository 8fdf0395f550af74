namespace LlmRabbitHoles.Checkpoints;

/// <summary>A checkpoint that cannot be read or written. The message names the file, what was found, what is needed and how to mend it.</summary>
public class CheckpointException : Exception
{
    /// <summary>A checkpoint that cannot be read or written.</summary>
    /// <param name="message">Whole sentences: file, tensor or key, found, needed, next step.</param>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>A checkpoint that cannot be read or written because of another error.</summary>
    /// <param name="message">Whole sentences: file, tensor or key, found, needed, next step.</param>
    /// <param name="inner">What the operating system or the parser said.</param>
    public CheckpointException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
