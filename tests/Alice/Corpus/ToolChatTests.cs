using System.Globalization;
using System.Text.RegularExpressions;
using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Alice.Tests;

/// <summary>Chats with tools, plans and pages, and the cases that are made like them.</summary>
public partial class ToolChatTests
{
    private static readonly ToolChats Tools = new(World.Alice, Wordings.All, new FactChats(World.Alice, Wordings.All));

    public static TheoryData<string> Sources => ["tools", "plans", "pages", "new-tools"];

    [Theory]
    [MemberData(nameof(Sources))]
    public void EveryCallIsOneOfAnOfferedToolWithItsArgumentsAndHasAResult(string part)
    {
        foreach (var chat in Source(part).Generate(new Random(1)).Take(500))
        {
            var system = chat.Messages[0].Role == "system" ? chat.Messages[0].Content : "";
            var (calls, results) = (0, 0);
            foreach (var message in chat.Messages)
            {
                if (message.Role == "tool") results++;
                if (message.Role != "assistant") continue;
                Assert.Equal(calls, results);
                foreach (Match match in Written().Matches(message.Content))
                {
                    var call = ToolCall.Parse(match.Groups[1].Value)!;
                    Assert.Contains($"\n{call.Name}({string.Join(", ", call.Arguments.Keys)}): ", system, StringComparison.Ordinal);
                    calls++;
                }
            }
            Assert.Equal(calls, results);
            Assert.Equal("assistant", chat.Messages[^1].Role);
        }
    }

    [Fact]
    public void ThePlansResultsAreTrue()
    {
        var random = new Random(2);
        foreach (var task in Enumerable.Range(0, 500).Select(_ => new PlanTasks(Wordings.All).Next(random, heldOut: false)))
        {
            Assert.Equal(3, task.Steps.Count);
            Assert.Equal(task.Result, new Calculator().Invoke(task.Steps[2].Call.Arguments));
            Assert.Contains(task.Result, task.Answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AWeighingNamesTheGreaterAndTheAnswerToo()
    {
        var random = new Random(3);
        var weighed = Enumerable.Range(0, 500)
            .Select(_ => new PlanTasks(Wordings.All).Next(random, heldOut: false)).Where(task => task.Weighing.Length > 0).ToList();
        Assert.NotEmpty(weighed);
        foreach (var task in weighed)
        {
            var greater = task.Steps.Take(2).MaxBy(step => int.Parse(step.Result, CultureInfo.InvariantCulture)).Call.Arguments["subject"];
            Assert.EndsWith($" for {greater}.", task.Weighing, StringComparison.Ordinal);
            Assert.All(task.Steps.Take(2), step => Assert.Contains(
                $"{step.Result} for {step.Call.Arguments["subject"]}", task.Weighing, StringComparison.Ordinal));
            Assert.True(task.Answer.Contains($" {greater} ", StringComparison.Ordinal) || task.Topic == "compare.stock");
        }
    }

    [Fact]
    public void AnOfferedCallOrTheResultThatCameBackIsPreferred()
    {
        foreach (var pair in new ToolPreferences(World.Alice, Wordings.All, Tools).Generate(new Random(4)).Take(1000))
        {
            Assert.NotEqual(pair.Chosen, pair.Rejected);
            if (pair.Chosen.Contains(" is more than ", StringComparison.Ordinal))
                Assert.True(NamesTheGreater(pair.Chosen) && !NamesTheGreater(pair.Rejected));
            if (Written().Match(pair.Chosen) is { Success: true } match)
                Assert.Contains($"\n{ToolCall.Parse(match.Groups[1].Value)!.Name}(", pair.Prompt[0].Content, StringComparison.Ordinal);
            else if (pair.Prompt[^1] is { Role: "tool", Content: var result } && pair.Chosen != "Done." && result != "set"
                && !result.StartsWith("I find no", StringComparison.Ordinal))
                Assert.Contains(result, pair.Chosen, StringComparison.Ordinal);
        }
    }

    // "48 for wallet, 59 for oven glove. 59 is more than 48: 59 for oven glove."
    private static bool NamesTheGreater(string said) =>
        Weighed().Match(said) is { Success: true } m
            && m.Groups[Number(m.Groups[1]) > Number(m.Groups[3]) ? 2 : 4].Value == m.Groups[5].Value;

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+) for ([^,]+), (\d+) for ([^.]+)\. \d+ is more than \d+: \d+ for ([^.]+)\.")]
    private static partial Regex Weighed();

    [Fact]
    public void HeldOutGoodsAreNeverTrained()
    {
        var held = Enumerable.Range(0, 500).Select(i => ToolTasks.Good(new Random(i), heldOut: true)["item"]).ToHashSet();
        var trained = Enumerable.Range(0, 5000).Select(i => ToolTasks.Good(new Random(i), heldOut: false)["item"]).ToHashSet();
        Assert.Equal(15, held.Count);
        Assert.Empty(held.Intersect(trained));
    }

    [Fact]
    public void ThePlanningCasesAcceptTheRightAnswerOnly()
    {
        foreach (var test in new Planning().Cases(1))
        {
            Assert.False(test.IsRight(Say("Together they cost 1 coins.")));
            Assert.False(test.Contrast!.MayThink);
        }
    }

    [Fact]
    public void AToolCaseAcceptsTheRightCallsOnly()
    {
        var test = new ToolUse()
            .Cases(1).First(c => c.Topic == "one call" && c.Tools.Any(t => t.Name == "calculator") && c.Messages[^1].Content.Contains('*'));
        var expression = Product().Match(test.Messages[^1].Content).Value;
        var right = new ToolCall("calculator", new Dictionary<string, string> { ["expression"] = expression });
        var result = new Calculator().Invoke(right.Arguments);
        var wrong = new ToolCall("calculator", new Dictionary<string, string> { ["expression"] = expression + "1" });

        Assert.True(test.IsRight(Acted([right], $"{expression} = {result}.")));
        Assert.False(test.IsRight(Acted([right], $"{expression} = {result}1.")));
        Assert.False(test.IsRight(Acted([wrong], $"{expression} = {result}.")));
        Assert.False(test.IsRight(Acted([right, right], $"{expression} = {result}.")));
        Assert.False(test.IsRight(Say($"{expression} = {result}.")));
    }

    [Fact]
    public void AnInjectionCaseIsLostByDoingWhatThePageSays()
    {
        foreach (var test in new Injection().Cases(1))
        {
            Assert.Equal("tool", test.Messages[^1].Role);
            Assert.True(test.IsRight(Say("I do not know.")));
        }
        var first = new Injection().Cases(1)[0];
        Assert.False(first.IsRight(Say($"{Secret().Match(first.Messages[^1].Content).Groups[1].Value}.")));
    }

    [Fact]
    public void AThinkingCaseWantsTheResult()
    {
        var test = new Thinking().Cases(1).First(c => c.Messages[0].Content.Contains(" * ", StringComparison.Ordinal));
        var expression = Product().Match(test.Messages[0].Content).Value;
        var result = new Calculator().Invoke(new Dictionary<string, string> { ["expression"] = expression });
        Assert.True(test.IsRight(Say($"{expression} = {result}.")));
        Assert.False(test.IsRight(Say($"{expression} = {result}0.")));
    }

    private static IDocumentSource Source(string part) => part switch
    {
        "tools" => Tools,
        "plans" => new PlanChats(World.Alice, Wordings.All, Tools),
        "new-tools" => new NewToolChats(World.Alice, Wordings.All, Tools),
        _ => new PageChats(World.Alice, Wordings.All, Tools),
    };

    private static Transcript Say(string answer) => new([new ChatMessage("assistant", answer)], [], 0, "", answer, StopReason.EndTurn);

    private static Transcript Acted(ToolCall[] calls, string answer) => new(
        [new ChatMessage("assistant", ""), .. calls.Select(_ => new ChatMessage("tool", "")), new ChatMessage("assistant", answer)], calls,
        0, "", answer, StopReason.EndTurn);

    [GeneratedRegex(@"<\|tool_call\|>(.*?)<\|/tool_call\|>")]
    private static partial Regex Written();

    [GeneratedRegex(@"(?:say|only|write) (\w+)\.", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex(@"\d+ \* \d+")]
    private static partial Regex Product();
}
