using LlmRabbitHoles.Alice;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Agents.Tests;

public class ConversationTests
{
    private static readonly string[] Questions = ["My cat is named Tom.", "What is the capital of Italy?", "What is my cat's name?"];

    private readonly LanguageModel _alice = AliceModel.Shared;

    public static TheoryData<CacheKind> Kinds => [CacheKind.Contiguous, new PagedKind(), new OffloadedKind()];

    [Theory, MemberData(nameof(Kinds))]
    public void AnswersAreThoseWithoutACacheAndOnlyNewTokensAreRead(CacheKind kind)
    {
        using var conversation = new Conversation(_alice, kind);
        List<ChatMessage> messages = [];
        foreach (var question in Questions)
        {
            messages.Add(new ChatMessage("user", question));
            var prompt = _alice.EncodeChat(messages);
            var held = conversation.Length;

            var result = ReadAll(conversation.Stream(prompt, Greedy));

            Assert.Equal(new TextGenerator(_alice).Generate(prompt, Greedy).Tokens, result.Tokens);
            // Her template writes her turns back as she wrote them: all that was held is used again.
            Assert.Equal(held, Conversation.ReusedTokens(result));
            Assert.Equal(prompt.Length - held, result.Timings.PromptTokens);
            // The last token that she wrote ended her turn and was not read.
            Assert.Equal(prompt.Length + result.Tokens.Count, conversation.Length);
            messages.Add(new ChatMessage("assistant", _alice.Tokenizer.Decode(result.Tokens)));
        }
    }

    [Fact]
    public void APromptThatDiffersEarlierIsReadFromThere()
    {
        using var conversation = new Conversation(_alice);
        ReadAll(conversation.Stream(_alice.EncodeChat([new("user", "What is the capital of Italy?")]), Greedy));
        var other = _alice.EncodeChat([new("user", "What is the capital of France?")]);

        var result = ReadAll(conversation.Stream(other, Greedy));

        // <|user|> What is the capital of: 6 tokens are the same.
        Assert.Equal(6, Conversation.ReusedTokens(result));
        Assert.Equal(new TextGenerator(_alice).Generate(other, Greedy).Tokens, result.Tokens);
    }

    [Fact]
    public void TheSamePromptAgainReadsItsLastToken()
    {
        using var conversation = new Conversation(_alice);
        var prompt = _alice.EncodeChat([new("user", "What is the capital of Italy?")]);
        var first = ReadAll(conversation.Stream(prompt, Greedy));
        var second = ReadAll(conversation.Stream(prompt, Greedy));
        Assert.Equal(1, second.Timings.PromptTokens);
        Assert.Equal(first.Tokens, second.Tokens);
    }

    [Fact]
    public void AStreamLeftEarlyOrNeverReadKeepsTheCacheRight()
    {
        using var conversation = new Conversation(_alice);
        var prompt = _alice.EncodeChat([new("user", "What is the capital of Italy?")]);
        foreach (var _ in conversation.Stream(prompt, Greedy)) break;
        _ = conversation.Stream(_alice.EncodeChat([new("user", "Hello!")]), Greedy);

        var result = ReadAll(conversation.Stream(prompt, Greedy));

        Assert.Equal(1, Conversation.ReusedTokens(result));    // <|user|>, which both prompts begin with
        Assert.Equal(new TextGenerator(_alice).Generate(prompt, Greedy).Tokens, result.Tokens);
    }

    [Fact]
    public async Task AStreamOnAThreadOfItsOwnUsesTheSameCache()
    {
        using var conversation = new Conversation(_alice);
        var prompt = _alice.EncodeChat([new("user", "What is the capital of Italy?")]);
        var first = ReadAll(conversation.Stream(prompt, Greedy));
        var run = conversation.StreamAsync(prompt, Greedy, TestContext.Current.CancellationToken);
        await foreach (var _ in run)
        {
        }
        Assert.Equal(1, run.Result.Timings.PromptTokens);
        Assert.Equal(first.Tokens, run.Result.Tokens);
    }

    [Fact]
    public void AnAgentsToolTurnsReadOnlyWhatIsNew()
    {
        using var conversation = new Conversation(_alice);
        ChatMessage[] question = [new("user", "What is 12 * 7?")];
        var alone = new AgentLoop(_alice, AliceTools.All).Run(question);
        var kept = new AgentLoop(_alice, AliceTools.All) { Conversation = conversation }.Run(question);
        Assert.Equal(alone.Turns, kept.Turns);
        Assert.NotEmpty(kept.Calls);
        Assert.True(Conversation.ReusedTokens(kept.Last!) > kept.Last!.Timings.PromptTokens);
    }

    [Fact]
    public void ClearingForgetsAllTokens()
    {
        using var conversation = new Conversation(_alice);
        var prompt = _alice.EncodeChat([new("user", "Hello!")]);
        ReadAll(conversation.Stream(prompt, Greedy));
        conversation.Clear();
        Assert.Equal(0, conversation.Length);
        Assert.Equal(prompt.Length, ReadAll(conversation.Stream(prompt, Greedy)).Timings.PromptTokens);
    }

    private static GenerationOptions Greedy => new() { MaxTokens = 60 };

    private static GenerationResult ReadAll(GenerationSequence stream)
    {
        foreach (var _ in stream)
        {
        }
        return stream.Result;
    }
}
