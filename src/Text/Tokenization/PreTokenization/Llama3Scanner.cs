namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>The pattern of Llama 3 (numbers of up to three digits) and of Qwen 2 and 3 (single digits), scanned by hand.</summary>
/// <param name="mostDigits">How many digits one word may have: 3 or 1.</param>
internal sealed class Llama3Scanner(int mostDigits) : WordScanner
{
    private const string BeforeNumbers = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|";
    private const string AfterNumbers = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The pattern of Llama 3 as published.</summary>
    public const string ThreeDigits = BeforeNumbers + @"\p{N}{1,3}" + AfterNumbers;

    /// <summary>The pattern of Qwen 2 and 3 as published.</summary>
    public const string OneDigit = BeforeNumbers + @"\p{N}" + AfterNumbers;

    protected override int EndOfWord(ReadOnlySpan<char> text, int start)
    {
        var contraction = EndOfContraction(text, start, ignoreCase: true);
        if (contraction > start) return contraction;
        var kind = CharacterClasses.At(text, start, out var length);
        var next = start + length;
        var nextKind = next < text.Length ? CharacterClasses.At(text, next, out _) : CharacterClass.Space;
        if (kind == CharacterClass.Letter) return EndOfRun(text, next, kind);
        if (kind == CharacterClass.Number) return EndOfRun(text, start, kind, mostDigits);
        if (nextKind == CharacterClass.Letter && text[start] is not ('\r' or '\n')) return EndOfRun(text, next, nextKind);
        if (kind == CharacterClass.Other) return EndOfSigns(text, next);
        return text[start] == ' ' && nextKind == CharacterClass.Other ? EndOfSigns(text, next) : EndOfLines(text, start);
    }

    private static int EndOfSigns(ReadOnlySpan<char> text, int start)
    {
        var end = EndOfRun(text, start, CharacterClass.Other);
        while (end < text.Length && text[end] is '\r' or '\n') end++;
        return end;
    }

    // \s*[\r\n]+ : white space up to its last line break; else the pattern's end.
    private static int EndOfLines(ReadOnlySpan<char> text, int start)
    {
        var lastBreak = text[start..EndOfRun(text, start, CharacterClass.Space)].LastIndexOfAny('\r', '\n');
        return lastBreak >= 0 ? start + lastBreak + 1 : EndOfSpace(text, start);
    }
}
