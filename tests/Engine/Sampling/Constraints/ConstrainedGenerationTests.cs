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

    /// <summary>Each token alone, byte by byte, is the plain form.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("{\"na")]
    [InlineData("{\"name\": \"An")]
    [InlineData("{\"name\": \"Anna\", \"age\": 1")]
    public void TheAllowedTokensAreThoseThatTheGrammarReads(string begun)
    {
        var grammar = Grammar.FromJsonSchema(Person);
        var constraint = new TokenConstraint(grammar, _alice.Tokenizer);
        var state = constraint.After(GrammarAutomaton.Start, System.Text.Encoding.UTF8.GetBytes(begun));
        var allowed = constraint.Allowed(state);
        var special = _alice.Tokenizer.SpecialTokens.Values.ToHashSet();
        for (var id = 0; id < allowed.Length; id++)
        {
            var after = state;
            foreach (var next in _alice.Tokenizer.BytesOf(id)) after = after < 0 ? after : grammar.Automaton.Next(after, next);
            Assert.Equal(after != GrammarAutomaton.Dead && !special.Contains(id), allowed[id]);
        }
        Assert.Contains(true, allowed);
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
