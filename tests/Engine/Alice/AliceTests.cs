using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Training;

namespace LlmRabbitHoles.Engine.Tests.Alice;

/// <summary>What the model in data/models/alice must be able to do. The bands lie below what was measured when she was committed.</summary>
public sealed class AliceTests : IDisposable
{
    private readonly LanguageModel _alice = LanguageModel.Load(Path.Combine(RepositoryRoot(), "data", "models", "alice"), "cpu");
    private readonly TextGenerator _generator;

    public AliceTests() => _generator = new TextGenerator(_alice);

    public void Dispose() => _alice.Dispose();

    [Theory]
    [InlineData("The capital of France is", " Paris")]
    [InlineData("One, two,", " three, four, five")]
    public void APlainTextGoesOn(string prompt, string beginning) =>
        Assert.StartsWith(beginning, Continue(_alice.Tokenizer!.Encode(prompt)).Text, StringComparison.Ordinal);

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
        var facts = CorpusBuilder.Build(new CorpusOptions { Scale = 0.01 }).Evaluation.Where(c => c.Ability == "facts").ToList();
        var asked = facts.Where((_, i) => i % Math.Max(1, facts.Count / 200) == 0).ToList();

        var results = asked.Select(c => (Case: c, Result: Continue(_alice.EncodeChat(c.Prompt)))).ToList();

        Assert.True(asked.Count >= 200, $"only {asked.Count} cases");
        var right = results.Count(r => r.Case.Accepts(r.Result.Text!));
        var ended = results.Count(r => r.Result.StopReason == StopReason.EndTurn);
        TestContext.Current.SendDiagnosticMessage($"facts: {right} of {asked.Count} right, {ended} ended by themselves");
        Assert.InRange(right / (double)asked.Count, 0.80, 1);
        Assert.InRange(ended / (double)asked.Count, 0.98, 1);
    }

    private GenerationResult Continue(IReadOnlyList<int> prompt) => _generator.Generate(prompt, new GenerationOptions { MaxTokens = 48 });

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LlmRabbitHoles.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
