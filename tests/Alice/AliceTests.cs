using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Alice.Tests;

/// <summary>What the model in data/models/alice must be able to do. The bands lie below what was measured when she was committed.</summary>
public sealed class AliceTests : IDisposable
{
    private readonly LanguageModel _alice = LanguageModel.Load(Repository.Alice, "cpu");
    private readonly TextGenerator _generator;

    public AliceTests() => _generator = new TextGenerator(_alice);

    public void Dispose() => _alice.Dispose();

    [Theory]
    [InlineData("The capital of France is", " Paris")]
    [InlineData("One, two,", " three, four, five")]
    public void APlainPromptIsContinued(string prompt, string beginning) =>
        Assert.StartsWith(beginning, Continue(_alice.Tokenizer.Encode(prompt)).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("What is the capital of Italy?", "Rome")]
    [InlineData("Who are you?", "Alice")]
    [InlineData("What is gravity?", "force")]
    public void AQuestionIsAnsweredAndTheTurnEnded(string question, string word)
    {
        var result = Continue(_alice.EncodeChat([new("user", question)]));

        Assert.Contains(word, result.Text, StringComparison.Ordinal);
        Assert.Equal(StopReason.EndTurn, result.StopReason);
    }

    [Fact]
    public void QuestionsInWordingsThatSheNeverReadAreMostlyAnswered()
    {
        var facts = AbilityList.All.Single(ability => ability.Name == "facts").Cases(EvaluationOptions.PublishedSeed);

        var right = new CaseRunner(() => new ModelAnswerer(_alice)).Run(facts).Count(outcome => outcome.IsRight);

        TestContext.Current.SendDiagnosticMessage($"facts: {right} of {facts.Count} right");
        Assert.InRange(facts.Count, 200, 400);
        Assert.InRange(right / (double)facts.Count, 0.66, 1);
    }

    private GenerationResult Continue(IReadOnlyList<int> prompt) => _generator.Generate(prompt, new GenerationOptions { MaxTokens = 48 });
}
