namespace LlmRabbitHoles.Checkpoints;

/// <summary>
/// A checkpoint that cannot be read or written. The message names the file, what was found, what is needed and how to mend it.
/// </summary>
public class CheckpointException : Exception
{
    // A message may repeat a name or a value, and a damaged file has them of any length.
    private const int LongestMessage = 4_000;

    /// <summary>A checkpoint that cannot be read or written.</summary>
    /// <param name="message">Whole sentences: file, tensor or key, found, needed, next step.</param>
    public CheckpointException(string message)
        : base(Shortened.Of(message, LongestMessage))
    {
    }

    /// <summary>A checkpoint that cannot be read or written because of another error.</summary>
    /// <param name="message">Whole sentences: file, tensor or key, found, needed, next step.</param>
    /// <param name="inner">What the operating system or the parser said.</param>
    public CheckpointException(string message, Exception inner)
        : base(Shortened.Of(message, LongestMessage), inner)
    {
    }
}
