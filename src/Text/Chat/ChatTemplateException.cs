namespace LlmRabbitHoles.Chat;

/// <summary>A chat template that cannot be read, or that refuses what it is given; the message names the line.</summary>
public sealed class ChatTemplateException : Exception
{
    /// <summary>An error without a place.</summary>
    public ChatTemplateException() { }

    /// <summary>An error that tells its own place.</summary>
    public ChatTemplateException(string message) : base(message) { }

    /// <summary>An error with its cause.</summary>
    public ChatTemplateException(string message, Exception innerException) : base(message, innerException) { }

    /// <param name="line">The template's line, from 1.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public ChatTemplateException(int line, string message)
        : base($"Chat template, line {line}: {Shortened.Of(message, 4_000)}") => Line = line;

    /// <summary>The template's line, from 1; 0 where none is concerned.</summary>
    public int Line { get; }
}
