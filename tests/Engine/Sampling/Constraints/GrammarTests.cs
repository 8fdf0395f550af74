using LlmRabbitHoles.Sampling.Constraints;

namespace LlmRabbitHoles.Engine.Tests;

public class GrammarTests
{
    [Theory]
    [InlineData("root ::= \"yes\" | \"no\"", "yes no", "y noo yesno")]
    [InlineData("root ::= [a-c]+ \"-\" [^a-c]", "a-d abc-é bb--", "-d a- a-a ad")]
    [InlineData("root ::= \"a\"{2,3} \"b\"?", "aa aaab aab", "a aaaa abb")]
    [InlineData("root ::= \"a\"{2}", "aa", "a aaa")]
    [InlineData("root ::= \"a\"{,2} \"b\"", "b ab aab", "aaab")]
    [InlineData("root ::= \"a\"{1,} # at least one\n", "a aaaa", "b")]
    [InlineData("root ::= item (\",\" item)*\nitem ::= [0-9]+ |\n  \"x\"", "1 1,x x,22", "1, ,1 xx")]
    [InlineData("root ::= \"(\" root \")\" | \"\"", "() (())", "( (() ())")]
    [InlineData("root ::= term (\"+\" term)*\nterm ::= [0-9] | \"(\" root \")\"", "1 1+2 (1+2)+3", "1+ ()")]
    [InlineData("root ::= (\"a\"*)* \"b\"", "b aab", "a ba")]
    [InlineData("root ::= one\n  | two\none ::= \"1\"\ntwo ::= \"2\"", "1 2", "3")]
    [InlineData("root ::= \"\\x41\\u00e9\\U0001f600\\\"\\\\\"", "Aé😀\"\\", "A")]
    [InlineData("root ::= .{2}", "ab é😀", "a abc")]
    public void TextsFitOrDoNot(string grammar, string fitting, string others)
    {
        var read = Grammar.Parse(grammar);
        Assert.All(fitting.Split(' '), text => Assert.True(read.Fits(text), text));
        Assert.All(others.Split(' '), text => Assert.False(read.Fits(text), text));
    }

    [Fact]
    public void AnEmptyTextFitsWhatMayBeEmpty()
    {
        Assert.True(Grammar.Parse("root ::= \"a\"*").Fits(""));
        Assert.False(Grammar.Parse("root ::= \"a\"+").Fits(""));
    }

    [Theory]
    [InlineData("hello\n[\n", "line 1, column 6: '::=' must follow the rule name 'hello'")]
    [InlineData("root ::= [a-z", "line 1, column 10: the class has no closing bracket")]
    [InlineData("root ::= \"a", "line 1, column 10: the text has no closing quote")]
    [InlineData("root ::= (\"a\"", "line 1, column 10: the group has no closing bracket")]
    [InlineData("root ::= \"a\"\nroot ::= \"b\"", "line 2, column 1: the rule 'root' is defined twice")]
    [InlineData("root ::= <[x]>", "line 1, column 10: a special token is written by its id, as <[7]>")]
    [InlineData("root ::= \"a\" other", "line 1, column 14: the rule 'other' is used and not defined")]
    [InlineData("root ::= \"a\"{3,2}", "line 1, column 13: the repetition ends at 2, before its beginning at 3")]
    [InlineData("root ::= \"a\"{}", "line 1, column 13: a repetition is written {3}, {3,} or {3,5}")]
    [InlineData("root ::= \"a\"{99999}", "line 1, column 13: more than 10,000 repetitions are too many")]
    [InlineData("root ::= \"\\q\"", "line 1, column 11: the escape '\\q' is unknown")]
    [InlineData("root ::= \"\\ud800\"", "line 1, column 11: the escape needs 4 hexadecimal digits of a character")]
    [InlineData("root ::= \"a\" )", "line 1, column 14: ')' is unexpected")]
    [InlineData("root ::= [z-a]", "line 1, column 10: a range of the class ends before it begins")]
    [InlineData("= \"a\"", "line 1, column 1: a rule must begin with a name, and '=' is none")]
    [InlineData("other ::= \"a\"", "The grammar has no rule 'root'")]
    [InlineData("", "The grammar has no rule 'root'")]
    [InlineData("root ::= root \"a\" | \"b\"", "The rule 'root' can begin with itself")]
    [InlineData("root ::= \"a\" root", "No text fits the grammar: every text would contain itself.")]
    [InlineData("root ::= a\na ::= \"x\"? b\nb ::= a \"y\" | \"z\"", "can begin with itself")]
    public void AMalformedGrammarIsRefusedWithItsPlace(string grammar, string because) =>
        Assert.Contains(because, Assert.Throws<GrammarException>(() => Grammar.Parse(grammar)).Message);

    [Fact]
    public void AnAlternativeThatNeverEndsIsNotBegun()
    {
        var grammar = Grammar.Parse("root ::= \"a\" | \"b\" endless\nendless ::= \"c\" endless");
        Assert.Equal(GrammarAutomaton.Dead, grammar.Automaton.Next(GrammarAutomaton.Start, (byte)'b'));
        Assert.True(grammar.Fits("a"));
    }

    [Fact]
    public void DeepNestingIsRefused()
    {
        var brackets = $"{new string('(', 5000)}a{new string(')', 5000)}";
        Assert.Contains("more than 100 groups", Assert.Throws<GrammarException>(() => Grammar.FromRegex(brackets)).Message);
        Assert.Contains("more than 200 groups", Assert.Throws<GrammarException>(() => Grammar.Parse($"root ::= {brackets}")).Message);
        Assert.True(Grammar.FromRegex($"{new string('(', 90)}a{new string(')', 90)}").Fits("a"));
    }

    [Fact]
    public void EveryCharacterOfARangeHasItsBytesAndNoOther()
    {
        // Around each border of UTF-8's lengths and the gap of the surrogates.
        int[] borders = [0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF];
        for (var i = 0; i < borders.Length; i++)
            for (var j = i; j < borders.Length; j++)
            {
                var grammar = Grammar.Parse($"root ::= [\\U{borders[i]:x8}-\\U{borders[j]:x8}]");
                foreach (var point in borders.SelectMany(border => new[] { border - 1, border, border + 1 }))
                {
                    if (point is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF)) continue;
                    Assert.Equal(point >= borders[i] && point <= borders[j], grammar.Fits(char.ConvertFromUtf32(point)));
                }
            }
    }

    [Fact]
    public void ARepetitionDoesNotMakeStatesWithoutEnd()
    {
        var grammar = Grammar.Parse("root ::= item*\nitem ::= \"a\" | \"[\" root \"]\"");
        Assert.True(grammar.Fits(string.Concat(Enumerable.Repeat("a[a]", 500))));
        Assert.InRange(grammar.Automaton.StateCount, 1, 20);
    }

    [Fact]
    public void PartsAreOtherGrammars()
    {
        Dictionary<string, Grammar> parts = new()
        {
            ["city"] = Grammar.FromJsonSchema("""{"enum": ["Rome", "Paris"]}"""),
            ["year"] = Grammar.Parse("root ::= digits\ndigits ::= [0-9]{4}"),
        };
        var grammar = Grammar.Parse("root ::= city \" \" year (\"-\" year)? | digits\ndigits ::= \"x\"", parts);
        Assert.True(grammar.Fits("\"Rome\" 1999") && grammar.Fits("\"Paris\" 1999-2001") && grammar.Fits("x"));
        Assert.False(grammar.Fits("\"Rome\" x") || grammar.Fits("\"Oslo\" 1999") || grammar.Fits("1999"));
    }
}
