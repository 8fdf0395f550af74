using System.Text;
using System.Text.Json;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>
/// Expressions mean what Oniguruma makes of them, which Hugging Face's library is asked for: what a Split leaves of a text.
/// </summary>
public class RegexNotationTests
{
    /// <summary>An expression and a text in which .NET's reading of it, or a wrong translation, shows.</summary>
    public static TheoryData<string, string> Expressions => new()
    {
        { "^a", "ab\nab\n" }, { "a$", "ba\nba\n" }, { "^", "ab\ncd\n" }, { @"\Aa", "ab\nab" }, { @"a\z", "ba\nba" }, { @"a\Z", "ba\nba\n" },
        { @"\s++$|\s", "a  \nb  " }, { "a{,2}", "xaaaay{,2}" }, { "a{2}?b", "xaab xb" }, { "a{2,}?", "xaaaa" }, { "a{2}+", "xaaaaay" },
        { "a{1,2}+a", "xaay" }, { "a?+", "aab" }, { "a**", "aab" }, { "a+*", "aab" }, { "a+?b", "aab" }, { @"\hb", "1bgbfb" },
        { @"\Hb", "1bgbfb" },
        { @"\R", "a\r\nb\nc\u2028d" }, { @"\N", "a\nb" }, { @"a\Ob", "a\nb" }, { @"\p{^L}", "a1b" }, { @"\P{^L}", "a1b" },
        { @"\p{Letter}", "a1b" },
        { @"\p{ lower case_letter }", "aAb" }, { @"\p{LC}", "aA1" }, { @"\p{Any}", "a1" }, { @"\p{Alpha}", "a1b" }, { @"[\p{^L}a]", "ab1" },
        { @"[^\p{^L}]", "a1" }, { "[a-z&&[^b]]", "abc&^]" }, { "[a-z&&[^b]]+", "abcb" }, { "[a-c&&b-d]", "abcd&" },
        { "[^a-c&&b-d]", "abcd&" },
        { "[a[bc]d]", "abcd[]e" }, { "[a-z-[aeiou]]", "abe-[]" }, { "[[:^alpha:]]", "a1" }, { "[[:alpha:]1]", "a1-2" },
        { "[[:alpha:]]+", "añ1:al" },
        { "[:alpha:]", "a1lp:h" }, { "[]a]", "a]b" }, { "[^]a]", "a]b" }, { @"[a\-z]", "ab-z" }, { @"[\b]", "a\bb" }, { @"[\s\S]", "a\nb" },
        { @"[\x{41}-\x{43}]", "aABCD" }, { @"\x{41}\x42\u0043", "ABC" }, { @"\101\012", "A\n" }, { @"(a)\1", "aab" },
        { @"(?<n>a)\k<n>", "aab" },
        { "(?i)ab|cd", "AB CD" }, { "x(?i)b|c", "xB C" }, { "(x(?i)b|c)d", "xBd cd Cd" }, { "a(?m:.)b", "a\nb" },
        { "a(?m).b|c.", "a\nbc\n" },
        { "a(?#hi)b", "ab" }, { "(?>a+)b", "aab" }, { "(?<=a)b", "abcb" }, { "(?<!a)b", "abcb" }, { "(?<=a|bc)d", "adbcd" },
        { @"\bfoo\b", "foo² foo" },
        { @"\B.", "ab c" }, { @"\e|\a|\v|\f|\cA|\C-B", "1\x1b2\a3\v4\f5\u00016\u0002" }, { "{|}|]", "a{b}c]" }, { "a{1,x}", "a{1,x}b" },
        { "[a-]", "a-b" },
        { "[-a]", "a-b" }, { "[a&&]", "a&" }, { "[&&a]", "a&" }, { "[a~~b]", "a~b" }, { "(?'n'a)", "a'n" }, { "(?i:ſ|k)", "sSſkK\u212A" },
        { "(?i:[a-z])", "ſK\u212Aé" }, { "(?i:[^sk])", "sSſkK\u212Ax" }, { "(?-i:a)(?i-m:B)", "abAB" },
        { "[a-z&&[^aeiou]&&[^b]]", "abcde" },
        { @"[^\p{L}\p{N}&&[^_]]", "a_!" }, { "[[a]&&[ab]]", "ab" }, { @"\ a\#\-\/\'", " a#-/'x" }, { @"\_|\é|\i|\l|\L", "_éilL" },
        { @"[\i\R\X]", "iRX\n" },
        { "[[^a]b]", "ab c" }, { @"\w+", "a²_é\u0301Ⅻⓐ-1" }, { @"\W", "a²_é\u0301Ⅻⓐ-1" }, { @"[^\W_]+", "a_b-c" },
        { @"\p{L}++|\d?+", "ab1" },
        { @"(?:a|b)++", "abc" }, { @"\p{L}+", "a𝐀b 𝐀!" }, { @"[^\s\p{L}]+", "👍🏽 x👩‍👧" },
        { "a.c", "a𝐀c" }, { "[À-ɏ]+|[Ａ-ｚ]", "𝐀é𝐚x" },
        { "(?i:'s|'t|'re|'ve|'m|'ll|'d)", "x'S'ſ'LL" },
    };

    /// <summary>Sets that are compared on every character up to U+FFFF.</summary>
    public static TheoryData<string> Sets =>
    [
        @"\w", @"\W", @"\d", @"\s", @"\h", "[[:alpha:]]", "[[:alnum:]]", "[[:ascii:]]", "[[:blank:]]", "[[:cntrl:]]", "[[:digit:]]",
        "[[:graph:]]", "[[:lower:]]", "[[:print:]]",
        "[[:punct:]]", "[[:space:]]", "[[:upper:]]", "[[:word:]]", "[[:xdigit:]]", "[[:^alpha:]]", "[[:^graph:]]", @"\p{L}", @"\p{M}",
        @"\p{N}", @"\p{P}", @"\p{S}", @"\p{Lu}", @"\p{LC}", "(?i:s)", "(?i:k)",
        "(?i:[a-z])", "(?i:[^a-z])", ".", @"\N", @"[\p{L}&&[^\p{Lu}]]",
    ];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void AnExpressionMatchesWhatOnigurumaMatches(string expression, string text) =>
        Assert.Equal(Theirs(expression, text), Ours(expression, text));

    [Theory]
    [MemberData(nameof(Sets))]
    public void ASetHoldsTheSameCharacters(string set)
    {
        var all = string.Concat(Enumerable.Range(1, 0xFFFD).Where(c => c is < 0xD800 or > 0xDFFF).Select(c => (char)c));
        var (theirs, ours) = (Theirs(set, all).ToHashSet(), Ours(set, all).ToHashSet());
        Assert.Empty(theirs.Except(ours).Select(c => $"U+{(int)c:X4} must be left"));
        Assert.Empty(ours.Except(theirs).Select(c => $"U+{(int)c:X4} must be taken"));
    }

    [Theory]
    [InlineData(@"\X", @"\X is not supported.")]
    [InlineData(@"a\Kb", @"\K is not supported.")]
    [InlineData(@"\Ga", @"\G is not supported.")]
    [InlineData(@"\g<1>(a)", @"\g is not supported.")]
    [InlineData(@"\yfoo", @"\y is not supported.")]
    [InlineData(@"\p{Han}", @"\p{Han} is not supported. General categories are")]
    [InlineData(@"\p{IsGreek}", @"\p{IsGreek} is not supported.")]
    [InlineData(@"\pL", @"\p is not supported.")]
    [InlineData("[[:foo:]]", "[:foo:] is not supported. Known are alpha,")]
    [InlineData(@"[\w-x]", "A '-' behind a set within a set is not supported.")]
    [InlineData(@"[a-\d]", "a set stands at the end of a range.")]
    [InlineData("[b-a]", "the range b-a is empty.")]
    [InlineData("(?x: a b)", "(?x is not supported.")]
    [InlineData("(?s:.)", "(?s is not supported.")]
    [InlineData("(?n:a)", "(?n is not supported.")]
    [InlineData("(?P<n>a)", "(?P is not supported.")]
    [InlineData("(?~ab)", "(?~ is not supported.")]
    [InlineData("(?(a)b|c)", "(?( is not supported.")]
    [InlineData("(?<a-b>a)", "A group named 'a-b' is not supported.")]
    [InlineData("(*FAIL)", "(*...) is not supported.")]
    [InlineData("a{3,2}", "{3,2} is not supported. Write the smaller number first.")]
    [InlineData("𠀀+", "A character beyond U+FFFF is not supported.")]
    [InlineData("[𠀀-𪛟]", "A character beyond U+FFFF is not supported.")]
    [InlineData(@"\x{20000}", "The character 20000 is not supported.")]
    [InlineData(@"\xC3\xA9", @"\xC3 is not supported. It names a byte;")]
    [InlineData("(?i:ss)", "'ss' where case is ignored is not supported.")]
    [InlineData("(?i:ß)", "'ß' where case is ignored is not supported.")]
    [InlineData(@"\M-A", @"\M is not supported.")]
    [InlineData("a|*", "nothing stands before the '*' at character 3.")]
    [InlineData("(a", "a ')' is missing.")]
    [InlineData("a)", "a ')' too many at character 2.")]
    [InlineData("[a", "the expression ends too early.")]
    [InlineData(@"\", "the expression ends too early.")]
    public void ExpressionsWithoutADotNetEquivalentAreRefused(string expression, string because)
    {
        var error = Assert.Throws<TokenizerException>(
            () => new RegexPattern(expression, new TokenizerPlace("folder/tokenizer.json", "pre_tokenizer.pattern.Regex")));
        Assert.StartsWith("folder/tokenizer.json: pre_tokenizer.pattern.Regex: is not a regular expression that can be read here: " +
            because, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    public void ADeeplyNestedExpressionIsRefused(string open, string close)
    {
        var expression = string.Concat(Enumerable.Repeat(open, 100_000)) + "a" + string.Concat(Enumerable.Repeat(close, 100_000));
        Assert.Contains("nested more than 200 deep", Assert.Throws<TokenizerException>(() => new RegexPattern(expression)).Message);
    }

    private static string Ours(string expression, string text) => Left(ByteLevelBpe.Parse(Json(expression)).Encode(text));

    private static string Theirs(string expression, string text)
    {
        using var tokenizer = new HuggingFaceTokenizer(Json(expression));
        return Left(tokenizer.Encode(text));
    }

    private static string Left(int[] bytes) => Encoding.UTF8.GetString(Array.ConvertAll(bytes, id => (byte)id));

    // A tokenizer whose ids are bytes, which takes out what the expression matches.
    private static string Json(string expression)
    {
        var vocabulary = Enumerable.Range(0, 256).ToDictionary(value => ByteAlphabet.CharacterOf((byte)value).ToString(), value => value);
        return $$$"""
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
               {"type": "Split", "pattern": {"Regex": {{{JsonSerializer.Serialize(expression)}}}}, "behavior": "Removed", "invert": false},
               {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}]},
             "post_processor": null, "decoder": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false},
             "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null, "end_of_word_suffix": null,
               "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
               "vocab": {{{JsonSerializer.Serialize(vocabulary)}}}, "merges": []}}
            """;
    }
}
