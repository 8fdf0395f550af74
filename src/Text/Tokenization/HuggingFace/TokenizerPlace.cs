namespace LlmRabbitHoles.Tokenization;

/// <summary>Where in a tokenizer's file a part stands, for complaints that come up when the part is used.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Part">The JSON path.</param>
internal readonly record struct TokenizerPlace(string File, string Part)
{
    /// <summary>The place of a value.</summary>
    public static TokenizerPlace Of(JsonPart part) => new(part.File, part.Path);

    /// <summary>A complaint about this part.</summary>
    public TokenizerException Error(string message, Exception? cause = null) => new(File ?? "", Part ?? "", message, cause);

    /// <summary>Normalization makes a text too long.</summary>
    public TokenizerException TooLong(int most) => Error(
        $"makes the text longer than {most:N0} characters, 32 times its length and a million. Its steps let each other's results grow; " +
        "remove some.");
}
