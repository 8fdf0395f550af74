using System.Text;
using System.Text.Json;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling.Constraints;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class ConstrainedGenerationTests : IDisposable
{
    private const string Person =
        """{"properties": {"name": {"type": "string", "maxLength": 12}, "age": {"type": "integer"}}, "required": ["name", "age"]}""";

    private readonly LanguageModel _alice = LanguageModel.Load(Repository.Alice, "cpu");

    public void Dispose() => _alice.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("{\"na")]
    [InlineData("{\"name\": \"An")]
    [InlineData("{\"name\": \"Anna\", \"age\": 1")]
    public void TheAllowedTokensAreThoseThatTheGrammarReads(string begun)
    {
        var grammar = Grammar.FromJsonSchema(Person);
        var constraint = new TokenConstraint(grammar, _alice.Tokenizer);
        AssertAllowedIsPlain(grammar, constraint, constraint.After(GrammarAutomaton.Start, Encoding.UTF8.GetBytes(begun)));
    }

    // Kept answers, the states of counted repetitions and those of nested rules.
    [Fact]
    public void TheAllowedTokensOfRandomTextsAreThoseThatTheGrammarReads()
    {
        Grammar[] grammars =
        [
            Grammar.FromJsonSchema(Person), Grammar.FromRegex("[A-Z][a-z]{2,20}( [A-Za-z]+){1,4}: .{3,9}é?"),
            Grammar.Parse("root ::= sum{2,4}\nsum ::= part ([-+] part)* \";\"\npart ::= [a-z]+ | [0-9]{1,3} | \"(\" sum \")\""),
        ];
        var random = new Random(4);
        foreach (var grammar in grammars)
        {
            var constraint = new TokenConstraint(grammar, _alice.Tokenizer);
            for (var text = 0; text < 3; text++)
            {
                var state = GrammarAutomaton.Start;
                for (var token = 0; token < 25 && !constraint.IsComplete(state); token++)
                {
                    AssertAllowedIsPlain(grammar, constraint, state);
                    var allowed = constraint.Allowed(state);
                    int[] ids = [.. Enumerable.Range(0, _alice.Tokenizer.VocabularySize).Where(id => allowed[id])];
                    state = constraint.After(state, _alice.Tokenizer.BytesOf(ids[random.Next(ids.Length)]));
                }
            }
        }
    }

    /// <summary>Each token alone, byte by byte, is the plain form.</summary>
    private void AssertAllowedIsPlain(Grammar grammar, TokenConstraint constraint, int state)
    {
        var allowed = constraint.Allowed(state);
        var special = _alice.Tokenizer.SpecialTokens.Values.ToHashSet();
        var count = 0;
        for (var id = 0; id < _alice.Tokenizer.VocabularySize; id++)
        {
            var after = special.Contains(id) ? GrammarAutomaton.Dead : state;
            foreach (var next in _alice.Tokenizer.BytesOf(id)) after = after < 0 ? after : grammar.Automaton.Next(after, next);
            Assert.Equal(after != GrammarAutomaton.Dead, allowed[id]);
            if (allowed[id]) count++;
        }
        Assert.Equal(count, allowed.Count);
        Assert.True(count > 0);
    }

    [Fact]
    public void ASpecialTokenComesOnlyWhereAGrammarNamesIt()
    {
        var tokenizer = SmallTokenizer.Shared;
        int mark = tokenizer.IdOf("<|end|>")!.Value, a = tokenizer.Encode("a").Single();
        var text = Grammar.Parse($"root ::= \"a\" <[{mark}]> .*").NewText(tokenizer, new HashSet<int>());
        Assert.Equal([a], Kept(text));
        text.Add(a);
        Assert.Equal([mark], Kept(text));
        Assert.False(text.Fits);
        text.Add(mark);
        Assert.True(text.Fits);
        Assert.DoesNotContain(mark, Kept(text));
        Assert.Contains(a, Kept(text));

        int[] Kept(ConstrainedText text)
        {
            var logits = new float[tokenizer.VocabularySize];
            text.RuleOut(logits);
            return [.. Enumerable.Range(0, logits.Length).Where(id => logits[id] == 0)];
        }
    }

    // Ids beyond the tokenizer's are padding of the model's table; stop tokens may come where the text may end, and only there.
    [Theory]
    [InlineData("a", false)]
    [InlineData("ab", true)]
    public void OnlyAllowedTokensAndEndsKeepTheirLogits(string begun, bool mayEnd)
    {
        var tokenizer = SmallTokenizer.Shared;
        int end = tokenizer.IdOf("<|end|>")!.Value, b = tokenizer.Encode("b").Single(), c = tokenizer.Encode("c").Single();
        var text = Grammar.Parse("root ::= \"ab\" [bc]?").NewText(tokenizer, new HashSet<int> { end, 100_000 });
        foreach (var id in begun.SelectMany(letter => tokenizer.Encode($"{letter}"))) text.Add(id);
        for (var extra = 0; extra <= 130; extra += 65)
        {
            var logits = Enumerable.Range(0, tokenizer.VocabularySize + extra).Select(id => (float)id).ToArray();
            text.RuleOut(logits);
            int[] kept = [.. Enumerable.Range(0, logits.Length).Where(id => !float.IsNegativeInfinity(logits[id]))];
            int[] expected = mayEnd ? [end, b, c] : [b];
            if (!mayEnd) kept = [.. kept.Where(id => tokenizer.BytesOf(id).Length == 1)];    // and perhaps tokens for "bb" and "bc"
            Assert.Equal(expected.Order(), kept);
            Assert.All(kept, id => Assert.Equal(id, logits[id]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    public void SampledJsonAlwaysFits(double temperature)
    {
        var grammar = Grammar.FromJsonSchema(Person);
        for (var seed = 0; seed < 5; seed++)
        {
            var result = _alice.Generate("Describe a person: ", new()
            {
                Grammar = grammar, MaxTokens = 120, Sampling = new() { Temperature = temperature, Seed = seed },
            });
            Assert.Equal((StopReason.EndTurn, true), (result.StopReason, result.FitsGrammar));
            using var json = JsonDocument.Parse(result.Text!);
            Assert.Equal(["name", "age"], json.RootElement.EnumerateObject().Select(property => property.Name));
        }
    }

    [Fact]
    public void ATextThatIsCutSaysThatItDoesNotFit()
    {
        var result = _alice.Generate("Describe a person: ", new() { Grammar = Grammar.FromJsonSchema(Person), MaxTokens = 3 });
        Assert.Equal((StopReason.MaxTokens, false), (result.StopReason, result.FitsGrammar));
    }

    [Fact]
    public void AnEndTokenMayComeWhereTheTextMayEnd()
    {
        var text = Grammar.Parse("root ::= \"a\"*").NewText(_alice.Tokenizer, new HashSet<int> { 2 });
        var logits = new float[_alice.Config.VocabularySize];
        text.RuleOut(logits);
        Assert.Equal(0, logits[2]);
        var other = Grammar.Parse("root ::= \"a\"+").NewText(_alice.Tokenizer, new HashSet<int> { 2 });
        other.RuleOut(logits);
        Assert.Equal(float.NegativeInfinity, logits[2]);
    }

    [Fact]
    public void WithoutAGrammarNothingIsSaidAboutIt() => Assert.Null(_alice.Generate("One,", new() { MaxTokens = 2 }).FitsGrammar);
}
