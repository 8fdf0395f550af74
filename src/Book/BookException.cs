namespace LlmRabbitHoles.Book;

/// <summary>Thrown when the book cannot be made. The message is one sentence: what is wrong, where, and how to correct it.</summary>
public sealed class BookException(string message, Exception? inner = null) : Exception(message, inner);
