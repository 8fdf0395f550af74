using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Notebooks.Documents;

/// <summary>
/// A file that is not a notebook this library can read. The message is one sentence: file, place, what was found, how to mend it.
/// </summary>
public sealed class NotebookFormatException : Exception
{
    /// <summary>Refuses without a reason; prefer the overload with a message.</summary>
    public NotebookFormatException() : this("The file is not a notebook.")
    {
    }

    /// <summary>Refuses for the reason given.</summary>
    public NotebookFormatException(string message) : base(Shortened.Of(message, 4_000))
    {
    }

    /// <summary>Refuses for the reason given, keeping the exception that found it.</summary>
    public NotebookFormatException(string message, Exception innerException) : base(Shortened.Of(message, 4_000), innerException)
    {
    }
}
