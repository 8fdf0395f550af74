namespace LlmRabbitHoles.Tokenization;

/// <summary>Thrown when a tokenizer's file, part or input cannot be used; the message names the place and says how to fix it.</summary>
public sealed class TokenizerException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <param name="file">The file that was read, as its reader named it.</param>
    /// <param name="part">Where in the file: a JSON path such as <c>model.merges[7]</c>, or "" for the whole.</param>
    /// <param name="message">What was found, what was needed, and what to do.</param>
    /// <param name="inner">The cause, if another exception was.</param>
    public TokenizerException(string file, string part, string message, Exception? inner = null)
        : this(part.Length == 0 ? $"{file}: {Short(message)}" : $"{file}: {Shortened.Of(part, 200)}: {Short(message)}", inner)
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
