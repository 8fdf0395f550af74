using LlmRabbitHoles.Agents.Memories;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Agents.Tests;

public class MemoryTests
{
    private static readonly ChatMessage System = new("system", "You are Alice.");

    private readonly LanguageModel _alice = AliceModel.Shared;

    [Fact]
    public void TheWindowKeepsTheSystemMessageAndTheLastWholeTurnsThatFit()
    {
        ChatMessage[] turns = [User("One"), Said("1"), User("Two"), Said("2"), new("tool", "two"), Said("2!"), User("Three")];
        var two = _alice.EncodeChat([System, .. turns[2..]]).Length;

        Assert.Equal([System, .. turns], Window(1000).Recall());
        Assert.Equal([System, .. turns[2..]], Window(two).Recall());
        // One token less: the turn of two with its tool is left out as a whole.
        Assert.Equal([System, turns[^1]], Window(two - 1).Recall());
        Assert.Equal([System, turns[^1]], Window(1).Recall());

        WindowMemory Window(int tokens) => Filled(new WindowMemory(_alice, tokens), [System, .. turns]);
    }

    [Fact]
    public void ALongConversationIsSummarizedOnceAndTheLastTurnsStay()
    {
        ChatMessage[] turns = [User("My cat is named Tom."), Said("OK."), User("Hello!"), Said("Hello."), User("Tell me."), Said("Yes.")];
        var summarizer = new ScriptedAgent("The user's cat is named Tom.");
        var whole = _alice.EncodeChat([System, .. turns]).Length;
        var memory = Filled(new SummaryMemory(_alice, summarizer, whole - 1), [System, .. turns]);

        Assert.Equal(
            [new("system", "You are Alice.\n\nEarlier in this conversation: The user's cat is named Tom."), .. turns[2..]],
            memory.Recall());
        Assert.Equal(
            "Summarize this conversation in a few sentences. Keep names, numbers and wishes.\nuser: My cat is named Tom.\nassistant: OK.",
            Assert.Single(summarizer.Asked));
        Assert.Equal("The user's cat is named Tom.", memory.State.Summary);
        Assert.Equal([System, .. turns[2..]], memory.State.Messages);

        var untouched = Filled(new SummaryMemory(_alice, new ScriptedAgent(), whole), [System, .. turns]);
        Assert.Equal([System, .. turns], untouched.Recall());
    }

    [Fact]
    public void ASummaryIsSummarizedWithWhatCameLater()
    {
        var summarizer = new ScriptedAgent("first", "second");
        var memory = new SummaryMemory(_alice, summarizer, threshold: 1) { KeptTurns = 1 };
        Filled(memory, [User("One"), User("Two")]).Recall();
        memory.Add(User("Three"));
        Assert.Equal([new("system", "Earlier in this conversation: second"), User("Three")], memory.Recall());
        Assert.EndsWith("Earlier in this conversation: first\nuser: Two", summarizer.Asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public void WhereNoSummaryIsWrittenNothingIsForgotten()
    {
        ChatMessage[] turns = [User("One"), User("Two"), User("Three")];
        Assert.Equal(turns, Filled(new SummaryMemory(_alice, new ScriptedAgent(" "), threshold: 1), turns).Recall());
    }

    [Fact]
    public void RetrievalRecallsTheNearestTurnsInTheirOrder()
    {
        // Angles to "q" by hand: a 0.8, b 0, c 0.6; of two, a and c are recalled.
        var vectors = new Dictionary<string, float[]>
        {
            ["q"] = [1, 0], ["a"] = [0.8f, 0.6f], ["b"] = [0, 1], ["c\nfound"] = [0.6f, -0.8f],
        };
        ChatMessage[] messages = [System, User("a"), User("b"), User("c"), new("tool", "raw"), Said("found"), User("q")];
        var memory = Filled(new RetrievalMemory(text => vectors[text], 2), messages);
        Assert.Equal([System, messages[1], .. messages[3..]], memory.Recall());
        Assert.Equal([System, messages[1], messages[^1]], Filled(new RetrievalMemory(text => vectors[text], 1), messages).Recall());
    }

    [Fact]
    public void AliceFindsMostTurnsByTheirSubject()
    {
        (string Told, string Said, string Asked)[] turns =
        [
            ("My cat is named Tom.", "OK, your cat is named Tom.", "What is my cat's name?"),
            ("My brother lives in Oslo.", "I see.", "Where does my brother live?"),
            ("My favorite color is green.", "Green is nice.", "What is my favorite color?"),
            ("I am seven years old.", "OK.", "How old am I?"),
            ("What is the capital of Italy?", "The capital of Italy is Rome.", "Which city did I ask about, in Italy?"),
            ("What is 3 + 4?", "3 + 4 = 7.", "What was the sum?"),
            ("How much does the teapot cost?", "A teapot costs 36 coins.", "What did the teapot cost?"),
            ("Tell me a story about a fox.", "A fox went into the wood.", "What was the story of the fox?"),
        ];
        var kept = new MemoryState([.. turns.SelectMany(turn => new[] { User(turn.Told), Said(turn.Said) })]);
        var found = turns.Where(turn =>
        {
            var memory = Filled(new RetrievalMemory(new TextEmbedder(_alice).Embed, 2, kept), [User(turn.Asked)]);
            return memory.Recall().Any(message => message.Content == turn.Told);
        }).ToArray();
        // By chance 2 of 8. Her hidden states say first what may come next: a model trained to embed would find all.
        Assert.True(found.Length >= 5, $"She finds {found.Length} of 8.");
        Assert.Contains(turns[0], found);

        var recalled = Filled(new RetrievalMemory(new TextEmbedder(_alice).Embed, 2, kept), [User(turns[0].Asked)]).Recall();
        Assert.Equal(5, recalled.Count);
        Assert.Contains("Tom", new AgentLoop(_alice, Toolbox.Empty).Run(recalled).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void AliceWritesTheSummary()
    {
        var summarizer = new AgentLoop(_alice, Toolbox.Empty) { Options = new GenerationOptions { MaxTokens = 30 } };
        var memory = new SummaryMemory(_alice, summarizer, threshold: 25) { KeptTurns = 1 };
        Filled(memory, [User("My cat is named Tom."), Said("OK."), User("My dog is named Rex."), Said("OK."), User("Hello!")]);
        Assert.True(_alice.EncodeChat(memory.State.Messages).Length > 25);
        var recalled = memory.Recall();
        Assert.NotEmpty(memory.State.Summary);
        Assert.Equal([$"Earlier in this conversation: {memory.State.Summary}", "Hello!"], recalled.Select(message => message.Content));
    }

    [Fact]
    public void ASavedMemoryIsLoadedAsItWas()
    {
        using var folder = new TemporaryFolder();
        var state = new MemoryState(
            [System, User("Wie heißt \"sie\"?\n"), new("tool", "41") { Extra = new Dictionary<string, object?> { ["name"] = "lookup" } }],
            "So far.");
        MemoryFile.Save(folder["memory.json"], state);
        MemoryFile.Save(folder["memory.json"], state);
        var loaded = MemoryFile.Load(folder["memory.json"]);
        Assert.Equal(state.Summary, loaded.Summary);
        Assert.Equal(state.Messages.Select(m => (m.Role, m.Content)), loaded.Messages.Select(m => (m.Role, m.Content)));
        Assert.Equal("lookup", loaded.Messages[2].Extra!["name"]!.ToString());
        Assert.Equal(["memory.json"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        Assert.Equal(loaded.Messages.SkipWhile(m => m == System), new WindowMemory(_alice, 1000, loaded).Recall().Skip(1));
    }

    [Theory]
    [InlineData("{", "is not a saved memory")]
    [InlineData("null", "holds null")]
    [InlineData("""{"summary": ""}""", "is not a saved memory")]
    [InlineData("""{"messages": [{"role": "user"}]}""", "is not a saved memory")]
    [InlineData("""{"messages": [{"role": "", "content": "x"}]}""", "holds a message without a role")]
    [InlineData("""{"messages": [null]}""", "holds a message without a role")]
    public void AFileThatIsNotAMemoryIsRefusedByName(string json, string message)
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<MemoryFileException>(() => MemoryFile.Load(folder.Write("memory.json", json)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("memory.json", error.Message, StringComparison.Ordinal);
    }

    private static TMemory Filled<TMemory>(TMemory memory, IEnumerable<ChatMessage> messages) where TMemory : IMemory
    {
        foreach (var message in messages) memory.Add(message);
        return memory;
    }

    private static ChatMessage User(string text) => new("user", text);

    private static ChatMessage Said(string text) => new("assistant", text);
}
