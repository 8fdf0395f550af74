using FsCheck;
using FsCheck.Fluent;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Text.Tests;

public class WordScannerTests
{
    private static readonly string[] Fragments =
    [
        "a", "B", "é", "日", "𝐀", "1", "²", "𝟘", " ", "  ", "\n", "\r", "\t", "\u00a0", "\u3000", "'", "'s", "'S", "'ll", "'Re",
        "'ſ", "!", "_", "👍", "\u0301", "𠀀", "\u0085",
    ];

    private static readonly Arbitrary<string> AnyText = Gen.Elements(Fragments).ListOf().Select(string.Concat).ToArbitrary();

    public static TheoryData<string> Patterns => [Gpt2Scanner.Pattern, Llama3Scanner.ThreeDigits, Llama3Scanner.OneDigit];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void AScannerSplitsAsItsRegularExpressionDoes(string pattern)
    {
        var (scanner, regex) = (PatternReader.ForExpression(pattern, default), new RegexPattern(pattern));
        Assert.IsAssignableFrom<WordScanner>(scanner);
        Prop.ForAll(AnyText, text => Matches(scanner, text).SequenceEqual(Matches(regex, text)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static List<(int Start, int End)> Matches(IPattern pattern, string text)
    {
        var matches = new MatchList();
        Assert.True(text.Length == 0 || pattern.Find(new Piece(text, 0), matches));
        return matches.Found;
    }

    private sealed class MatchList : IMatchReceiver
    {
        public List<(int Start, int End)> Found { get; } = [];

        public bool Match(Piece piece, int start, int end)
        {
            Found.Add((start, end));
            return true;
        }
    }
}
