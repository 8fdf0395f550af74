namespace LlmRabbitHoles.Book;

/// <summary>The book cannot be made. The message is one sentence: what is wrong, where, and how to mend it.</summary>
public sealed class BookException : Exception
{
    /// <summary>Refuses without a reason; prefer the overload with a message.</summary>
    public BookException() : this("The book cannot be made.")
    {
    }

    /// <summary>Refuses for the reason given.</summary>
    public BookException(string message) : base(message)
    {
    }

    /// <summary>Refuses for the reason given, keeping the exception that found it.</summary>
    public BookException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
