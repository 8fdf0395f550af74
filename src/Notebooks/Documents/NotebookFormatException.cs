using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Notebooks.Documents;

/// <summary>Thrown when a file is not a notebook. The message is one sentence: file, place, what was found, how to correct it.</summary>
public sealed class NotebookFormatException(string message, Exception? inner = null)
    : Exception(Shortened.Of(message, 4_000), inner);
