namespace LlmRabbitHoles.Tokenization;

/// <summary>A tokenizer's file, part or input that cannot be used; the message names the place and says how to mend it.</summary>
public sealed class TokenizerException : Exception
{
    /// <summary>An error without a place.</summary>
    public TokenizerException() { }

    /// <summary>An error that tells its own place.</summary>
    public TokenizerException(string message) : base(message) { }

    /// <summary>An error with its cause.</summary>
    public TokenizerException(string message, Exception innerException) : base(message, innerException) { }

    /// <param name="file">The file that was read, as its reader named it.</param>
    /// <param name="part">Where in the file: a JSON path such as <c>model.merges[7]</c>, or "" for the whole.</param>
    /// <param name="message">What was found, what was needed, and what to do.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public TokenizerException(string file, string part, string message, Exception? innerException = null)
        : base(part.Length == 0 ? $"{file}: {Short(message)}" : $"{file}: {Shortened.Of(part, 200)}: {Short(message)}", innerException)
    {
        File = file;
        Part = part;
    }

    // A message may repeat a token's text, and a damaged file has texts of any length.
    private static string Short(string message) => Shortened.Of(message, 2_000);

    /// <summary>The file, or "" where none is concerned.</summary>
    public string File { get; } = "";

    /// <summary>The place within the file, or "".</summary>
    public string Part { get; } = "";
}
