namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>The pattern of GPT-2, scanned by hand.</summary>
internal sealed class Gpt2Scanner : WordScanner
{
    /// <summary>The pattern as published.</summary>
    /// <remarks>Radford et al. 2019, encoder.py.</remarks>
    public const string Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    protected override int EndOfWord(ReadOnlySpan<char> text, int start)
    {
        var contraction = EndOfContraction(text, start, ignoreCase: false);
        if (contraction > start) return contraction;
        var word = text[start] == ' ' && start + 1 < text.Length ? start + 1 : start;
        var kind = CharacterClasses.At(text, word, out var length);
        return kind == CharacterClass.Space ? EndOfSpace(text, start) : EndOfRun(text, word + length, kind);
    }
}
