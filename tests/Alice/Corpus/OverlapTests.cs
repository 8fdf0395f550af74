using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Tests;

/// <summary>What is measured was never read: training, validation and evaluation are apart.</summary>
public class OverlapTests
{
    private static readonly Corpus Small = CorpusBuilder.Build(new CorpusOptions { Scale = 0.1 });

    [Fact]
    public void EveryAbilityAsksTwoToFourHundredQuestionsByEachOfTwoSeeds() => Assert.All(
        Small.Evaluation.GroupBy(question => question.Ability),
        ability => Assert.InRange(ability.Count(), 400, 800));

    [Fact]
    public void NoQuestionOfTheEvaluationIsAUsersMessageInTraining()
    {
        var asked = Small.Train.Concat(Small.Validation).SelectMany(Users).Select(Normalized).ToHashSet();
        Assert.DoesNotContain(
            Small.Evaluation, question => question.Messages.Count == 1 && asked.Contains(Normalized(question.Messages[0].Content)));
    }

    [Fact]
    public void NoConversationOfTheEvaluationStandsInTraining()
    {
        var held = Small.Train.Concat(Small.Validation).Where(document => document.IsChat)
            .SelectMany(chat => Enumerable.Range(1, chat.Messages.Count).Select(count => Whole(chat.Messages.Take(count)))).ToHashSet();
        Assert.DoesNotContain(Small.Evaluation, question => held.Contains(Whole(question.Messages)));
    }

    [Fact]
    public void NoPreferenceIsAskedByTheEvaluation()
    {
        var (train, validation) = PreferenceBuilder.Build(new CorpusOptions());
        var asked = train.Concat(validation).SelectMany(
            pair => new[] { Whole(pair.Prompt), Whole(pair.Prompt.Where(message => message.Role == "user").Take(1)) }).ToHashSet();
        Assert.DoesNotContain(Small.Evaluation, question => asked.Contains(Whole(question.Messages)));
    }

    [Fact]
    public void NoValidationTextIsATrainingText()
    {
        var trained = Small.Train.Select(document => Normalized(document.Text)).ToHashSet();
        Assert.NotEmpty(Small.Validation);
        Assert.DoesNotContain(Small.Validation, document => trained.Contains(Normalized(document.Text)));
    }

    [Fact]
    public void NoOpenSentenceIsReadInTrainingAndKeptForValidation()
    {
        var source = new OpenText()
            .Generate(new Random(5)).Take(4000).ToLookup(document => document.IsHeldOut == true, document => document.Text);
        var held = CorpusResource.Lines(OpenText.Resource)
            .Where(sentence => source[true].Any(text => text.Contains(sentence, StringComparison.Ordinal))).ToList();
        Assert.InRange(held.Count, 50, 10_000);
        var trained = string.Join('\n', source[false]);
        Assert.DoesNotContain(held, sentence => trained.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void AQuestionIsFoundBehindAGreetingAndInOtherCase()
    {
        var asked = new AskedQuestions(
            [new EvaluationQuestion("facts", "capital", [new ChatMessage("user", "What is the capital city of Italy?")])]);
        Assert.True(asked.AreIn(Chat("Hi Alice! what is the capital city of italy")));
        Assert.True(asked.AreIn(Document.Plain("facts", "Question: What is the capital city of Italy?\nAnswer: Rome")));
        Assert.False(asked.AreIn(Chat("What is the capital city of France?")));
    }

    [Fact]
    public void AQuestionWithTurnsBeforeItIsTheSameOnlyBehindTheSameTurns()
    {
        ChatMessage system = new("system", "Answer in capitals."), user = new("user", "What is red?");
        var asked = new AskedQuestions([new EvaluationQuestion("skills", "one", [system, user])]);
        Assert.False(asked.AreIn([user, new ChatMessage("assistant", "A colour.")]));
        Assert.True(asked.AreIn([system, user, new ChatMessage("assistant", "A COLOUR.")]));
    }

    private static Document Chat(string question) =>
        Document.Chat("test", [new ChatMessage("user", question), new ChatMessage("assistant", "Rome.")]);

    private static IEnumerable<string> Users(Document document) =>
        document.Messages.Where(message => message.Role == "user").Select(message => message.Content);

    private static string Whole(IEnumerable<ChatMessage> messages) =>
        string.Join('|', messages.Select(message => $"{message.Role}:{Normalized(message.Content)}"));

    private static string Normalized(string text) => CorpusBuilder.Normalized(text);
}
