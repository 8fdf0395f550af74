using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>Chat and journey, with a model that answers nonsense in the chat format "u:TEXT;a:".</summary>
public sealed partial class ChatTests : IDisposable
{
    private readonly MadeModel _model = new(chat: true);

    public void Dispose() => _model.Dispose();

    [Fact]
    public void AnswersGoToStdoutAndRemarksToStderr()
    {
        var chat = Chat("Hi\n/dance\n\n/reset\nHi\n/exit\nnever read\n");
        Assert.Equal(0, chat.ExitCode);
        Assert.Contains("'/dance' is unknown", chat.Error);
        Assert.Contains("begins anew", chat.Error);
        // After a reset the same message has the same greedy answer, and nothing else is printed.
        Assert.Equal(0, chat.Output.Length % 2);
        Assert.Equal(chat.Output[..(chat.Output.Length / 2)], chat.Output[(chat.Output.Length / 2)..]);
    }

    [Fact]
    public void AnEarlierTurnChangesTheAnswer() =>
        Assert.NotEqual(Chat("Hi\n").Output, Chat("Ho\nHi\n").Output.Split('\n')[^2] + "\n");

    [Fact]
    public void AFullContextIsReportedWithoutThrowing()
    {
        var chat = Chat($"{new string('x', 80)}\n/exit\n");
        Assert.Equal(0, chat.ExitCode);
        Assert.Contains("The context is full", chat.Error);
        Assert.Contains("/reset", chat.Error);
        Assert.Empty(chat.Output);
    }

    [Fact]
    public void AModelWithoutATemplateIsRefused()
    {
        using var mute = new MadeModel();
        Rabbit.RunWith("Hi\n", "chat", "--model", mute.Folder).IsRefused(1, "chat template");
    }

    [Fact]
    public void TheJourneyTellsEveryStepPlainly()
    {
        var journey = Rabbit.Run("Hi there you", "--model", _model.Folder);
        Assert.Equal(0, journey.ExitCode);
        Assert.Empty(journey.Error);
        foreach (var step in new[]
        {
            "1  Message to text", "2  Text to tokens", "3  Tokens to vectors", "4  Prefill", "5  The first token", "6  Decode",
            "7  Stop: max_tokens", "Next"
        })
            Assert.Contains(step, journey.Output);
        Assert.Contains("u:Hi there you;a:", journey.Output);
        Assert.DoesNotContain("\e[", journey.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSecondTurnReadsOnlyWhatIsNew()
    {
        var alice = Path.Combine(Rabbit.Root, "data", "models", "alice");
        var chat = Rabbit.RunWith("My cat is named Tom.\nWhat is my cat's name?\n", "chat", "--model", alice, "--figures");
        Assert.Contains("Tom", chat.Output, StringComparison.Ordinal);
        var turns = Figures().Matches(chat.Error).Select(turn => turn.Groups.Values.Skip(1).Select(g => g.Value).ToArray()).ToArray();
        int Number(int turn, int group) => int.Parse(turns[turn][group], CultureInfo.InvariantCulture);
        Assert.Equal(2, turns.Length);
        Assert.Empty(turns[0][1]);
        // The cache holds the first prompt and its answer.
        Assert.Equal(Number(0, 0) + Number(0, 2), Number(1, 1) - Number(1, 0));
    }

    [Fact]
    public void ToolsAreOfferedOnlyWhenAskedFor()
    {
        var alice = Path.Combine(Rabbit.Root, "data", "models", "alice");
        Assert.DoesNotContain("calls: ", Rabbit.RunWith("What is 17 * 23?\n", "chat", "--model", alice).Error, StringComparison.Ordinal);
        var asked = Rabbit.RunWith("/tools\nWhat is 17 * 23?\n", "chat", "--model", alice);
        Assert.Contains("Tools: calculator(", asked.Error, StringComparison.Ordinal);
        Assert.Contains("calls: calculator(", asked.Error, StringComparison.Ordinal);
        Assert.Contains("391", asked.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void HelpListsTheCommandsAndWhatToAskAlice()
    {
        var mute = Chat("/help\n");
        Assert.Contains("/save FILE", mute.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Alice", mute.Error, StringComparison.Ordinal);
        var alice = Rabbit.RunWith("/help\n", "chat", "--model", Path.Combine(Rabbit.Root, "data", "models", "alice"));
        Assert.Contains("small enough to take apart", alice.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ASavedConversationIsAListOfMessagesAndNoFileIsOverwritten()
    {
        var file = Path.Combine(Path.GetTempPath(), $"rabbit-chat-{Guid.NewGuid():N}.json");
        try
        {
            var chat = Chat($"Hi\n/save {file}\n/save {file}\n/save\n", "--system", "Be kind.");
            using var saved = JsonDocument.Parse(File.ReadAllText(file));
            Assert.Equal(["system", "user", "assistant"],
                saved.RootElement.EnumerateArray().Select(message => message.GetProperty("role").GetString()));
            Assert.Equal("Hi", saved.RootElement[1].GetProperty("content").GetString());
            Assert.Contains($"2 messages are in '{file}'.", chat.Error, StringComparison.Ordinal);
            Assert.Contains("cannot be written", chat.Error, StringComparison.Ordinal);
            Assert.Contains("/save needs the name of a file", chat.Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void ANearlyFullContextIsReportedBeforeItEnds()
    {
        var chat = Chat($"{new string('x', 46)}\n");
        Assert.Equal(0, chat.ExitCode);
        Assert.Matches(@"The conversation has \d+ tokens, and the model holds 64\. /reset begins a new one\.", chat.Error);
        Assert.DoesNotContain("/reset", Chat("Hi\n").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AThinkingBudgetThatIsNotANumberIsRefused() => Rabbit
        .RunWith("Hi\n", "chat", "--model", _model.Folder, "--thinking-budget", "few").IsRefused(2, "'few' is not a thinking budget");

    [GeneratedRegex(@"\[(\d+)(?: of (\d+))? tokens read in [\d.]+ ms, (\d+) written")]
    private static partial Regex Figures();

    private Outcome Chat(string input, params string[] more) =>
        Rabbit.RunWith(input, ["chat", "--model", _model.Folder, "--max-tokens", "6", .. more]);
}
