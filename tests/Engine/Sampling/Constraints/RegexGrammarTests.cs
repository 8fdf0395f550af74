using System.Text.RegularExpressions;
using LlmRabbitHoles.Sampling.Constraints;

namespace LlmRabbitHoles.Engine.Tests;

public class RegexGrammarTests
{
    private static readonly string[] Patterns =
    [
        "a*b|c", "(ab|a)(c|bcd)(d*)", "[a-c]{2,3}", "[^ab]+", "a?b?c?", "(?:a|b)*c", @"\d+-\d{2}", @"\w\W\w", @"a\.b", "a|", "(a(b(c)?)?)?",
        ".b.", "[]a]+", "[a-]+", @"[\d.]+", @"\x61+", "^ab$", @"\s?a", "(a*)*b", "a{,2}",
    ];

    public static TheoryData<string> AllPatterns => [.. Patterns];

    /// <summary>.NET's regular expressions decide what matches as a whole.</summary>
    [Theory, MemberData(nameof(AllPatterns))]
    public void TheGrammarFitsWhatTheExpressionMatches(string pattern)
    {
        var grammar = Grammar.FromRegex(pattern);
        // .NET has no {,n}.
        var regex = new Regex($"\\A(?:{pattern.Replace("{,", "{0,", StringComparison.Ordinal)})\\z", RegexOptions.ECMAScript);
        var random = new Random(2);
        const string Letters = "abcd]-. 1x";
        for (var i = 0; i < 3000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => Letters[random.Next(Letters.Length)])]);
            Assert.True(regex.IsMatch(text) == grammar.Fits(text), $"'{text}' in {grammar.Text}");
        }
    }

    [Theory]
    [InlineData("a*?", "a lazy or possessive mark")]
    [InlineData("(?=a)b", "a group (?...) other than (?:...)")]
    [InlineData(@"(a)\1", @"has '\1', which a grammar cannot keep")]
    [InlineData(@"\bword", @"has '\b', which a grammar cannot keep")]
    [InlineData("a^b", "anchors stand at the ends")]
    [InlineData("*a", "has '*' with nothing before it to repeat")]
    [InlineData("(a", "a group without a closing bracket")]
    [InlineData("a)", "has an unexpected ')'")]
    [InlineData("[a", "a class without a closing bracket")]
    [InlineData("a\\", "ends in a backslash")]
    [InlineData("a{x}", "a repetition is written")]
    public void WhatAGrammarCannotKeepIsRefused(string pattern, string because) =>
        Assert.Contains(because, Assert.Throws<GrammarException>(() => Grammar.FromRegex(pattern)).Message);
}
