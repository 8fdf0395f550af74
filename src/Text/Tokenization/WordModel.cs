namespace LlmRabbitHoles.Tokenization;

/// <summary>Turns words into tokens. Never changes; may be used from many threads.</summary>
/// <param name="vocabulary">The tokens.</param>
internal abstract class WordModel(Vocabulary vocabulary)
{
    /// <summary>The tokens.</summary>
    public Vocabulary Vocabulary => vocabulary;

    /// <summary>The tokens of a word.</summary>
    /// <param name="word">Valid UTF-16; not empty.</param>
    /// <returns>Valid until this thread asks for the next word.</returns>
    public abstract ReadOnlySpan<int> Encode(ReadOnlySpan<char> word);

    /// <summary>How many of the word's UTF-8 bytes each of its tokens covers; null where they are the bytes that it prints.</summary>
    /// <param name="word">The word.</param>
    /// <param name="tokens">What <see cref="Encode"/> gave for it.</param>
    public virtual int[]? LengthsOf(ReadOnlySpan<char> word, ReadOnlySpan<int> tokens) => null;
}
