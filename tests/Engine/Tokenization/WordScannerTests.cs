using FsCheck;
using FsCheck.Fluent;
using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Engine.Tests.Tokenization;

public class WordScannerTests
{
    private static readonly string[] Fragments =
        ["a", "B", "é", "日", "𝐀", "1", "²", "𝟘", " ", "  ", "\n", "\r", "\t", "\u00a0", "\u3000", "'", "'s", "'S", "'ll", "'Re", "'ſ", "!", "_", "👍", "\u0301", "𠀀", "\u0085"];

    private static readonly Arbitrary<string> AnyText = Gen.Elements(Fragments).ListOf().Select(string.Concat).ToArbitrary();

    public static TheoryData<string> Patterns => [Gpt2Scanner.Pattern, Llama3Scanner.ThreeDigits, Llama3Scanner.OneDigit];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void AScannerCutsAsItsRegularExpressionDoes(string pattern)
    {
        var (scanner, regex) = (PublishedPatterns.For(pattern), new RegexPattern(pattern));
        Assert.IsAssignableFrom<WordScanner>(scanner);
        Prop.ForAll(AnyText, text => Matches(scanner, text).SequenceEqual(Matches(regex, text))).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData(@"\p{L}+", "a𝐀b 𝐀!", "a𝐀b|𝐀")]
    [InlineData(@"\p{Nd}", "𝟘a٣", "𝟘|٣")]
    [InlineData(@"[^\s\p{L}]+", "👍🏽 x👩‍👧", "👍🏽|👩‍👧")]
    [InlineData(@"\p{L}++|\d?+", "ab1", "ab|1")]
    [InlineData(@"(?i:'s|k)|.", "'ſ\u212A", "'ſ|\u212A")]
    [InlineData(@"[\p{Lu}]?+[a-z]{2}+|(?:ab)++c", "Xabababc", "Xababab")]
    public void ARegularExpressionSeesWholeCharacters(string pattern, string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Matches(new RegexPattern(pattern), text).Where(match => match.End > match.Start).Select(match => text[match.Start..match.End])));

    private static List<PieceRange> Matches(IPattern pattern, string text)
    {
        var matches = new List<PieceRange>();
        pattern.Find(text, new PieceRange(0, text.Length), matches);
        return matches;
    }
}
