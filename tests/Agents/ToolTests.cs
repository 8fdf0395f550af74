using LlmRabbitHoles.Alice;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents.Tests;

public class ToolTests
{
    [Fact]
    public void AWrittenCallMatchesPythonsJsonAndParsesBack()
    {
        var call = new ToolCall("lookup", new Dictionary<string, string> { ["subject"] = "the \"old\" jug", ["property"] = "price" });
        Assert.Equal("""{"name": "lookup", "arguments": {"subject": "the \"old\" jug", "property": "price"}}""", call.ToString());
        Assert.True(call.IsSameAs(ToolCall.Parse(call.ToString())!));
    }

    [Theory]
    [InlineData("""{"name": "clock", "arguments": {"show": "time"}""")]
    [InlineData("""{"name": "clock"}""")]
    [InlineData("""{"name": 3, "arguments": {}}""")]
    [InlineData("""{"name": "clock", "arguments": "time"}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void MalformedToolCallsParseToNull(string json) => Assert.Null(ToolCall.Parse(json));

    [Fact]
    public void NumbersInArgumentsKeepTheirSpelling() =>
        Assert.Equal("05.0", ToolCall.Parse("""{"name": "timer", "arguments": {"minutes": "05.0"}}""")!.Arguments["minutes"]);

    [Fact]
    public void CallsThatDifferOnlyInSpacesAreTheSame()
    {
        var call = ToolCall.Parse("""{"name": "calculator", "arguments": {"expression": "12*7"}}""")!;
        Assert.True(call.IsSameAs(ToolCall.Parse("""{"name": "calculator", "arguments": {"expression": "12 * 7"}}""")!));
        Assert.False(call.IsSameAs(ToolCall.Parse("""{"name": "calculator", "arguments": {"expression": "12 * 8"}}""")!));
        Assert.False(call.IsSameAs(ToolCall.Parse("""{"name": "calculator", "arguments": {}}""")!));
    }

    [Fact]
    public void TheSystemTextMatchesTheTemplateWithTools()
    {
        var tools = AliceTools.All.Tools;
        var template = ChatTemplate.Parse(AliceFormat.ChatTemplate);
        var variables = new Dictionary<string, object?> { ["tools"] = ToolSchemas.Of(tools) };
        ChatMessage question = new("user", "What time is it?");

        Assert.Equal(
            template.Render([new("system", AliceFormat.SystemText("You are Alice.", tools)), question]),
            template.Render([new("system", "You are Alice."), question], variables: variables));
        Assert.Equal(
            template.Render([new("system", AliceFormat.SystemText("", tools)), question]),
            template.Render([question], variables: variables));
    }

    [Fact]
    public void TheTemplateWritesThoughtsAndCallsFromMessageFields()
    {
        var call = new Dictionary<string, object?>
        {
            ["function"] = new Dictionary<string, object?>
            {
                ["name"] = "clock",
                ["arguments"] = new Dictionary<string, object?> { ["show"] = "time" },
            },
        };
        ChatMessage turn = new("assistant", "")
        {
            Extra = new Dictionary<string, object?>
            {
                ["reasoning_content"] = "The clock knows.",
                ["tool_calls"] = new List<object?> { call },
            },
        };

        Assert.Equal(
            "<|assistant|><|think|>The clock knows.<|/think|>" +
            """<|tool_call|>{"name": "clock", "arguments": {"show": "time"}}<|/tool_call|><|end|>""",
            ChatTemplate.Parse(AliceFormat.ChatTemplate).Render([turn], addGenerationPrompt: false));
    }

    [Fact]
    public void DisabledThinkingPutsAnEmptyThoughtIntoThePrompt() => Assert.Equal(
        "<|user|>Hi<|end|><|assistant|><|think|><|/think|>",
        ChatTemplate.Parse(AliceFormat.ChatTemplate)
            .Render([new("user", "Hi")], variables: new Dictionary<string, object?> { ["enable_thinking"] = false }));

    [Fact]
    public void TheClockTellsTheTimeTheDateOrTheDay()
    {
        var clock = new Clock(new StoppedClock());
        Assert.Equal("09:05", clock.Invoke(new Dictionary<string, string> { ["show"] = "time" }));
        Assert.Equal("7 March 2031", clock.Invoke(new Dictionary<string, string> { ["show"] = "date" }));
        Assert.Equal("Friday", clock.Invoke(new Dictionary<string, string> { ["show"] = "day" }));
        var error = Assert.Throws<ToolException>(() => clock.Invoke(new Dictionary<string, string> { ["show"] = "moon" }));
        Assert.Equal("The clock shows time, date or day, not moon.", error.Message);
    }

    [Fact]
    public void TheLookupFindsFactsAndNamesTheOnesItLacks()
    {
        Assert.Equal("36", Find("teapot", "price"));
        Assert.Equal("18", Find("lamp", "price"));
        Assert.Equal("Paris", Find("france", "capital"));
        Assert.Equal("I find no price of dragon.", AliceTools.All.Invoke(Call("dragon", "price")));
    }

    [Fact]
    public void TheResultNamesAMissingToolOrArgument()
    {
        Assert.Equal("There is no tool oven.", AliceTools.All.Invoke(new ToolCall("oven", new Dictionary<string, string>())));
        Assert.Equal(
            "The argument property is missing.",
            AliceTools.All.Invoke(new ToolCall("lookup", new Dictionary<string, string> { ["subject"] = "jug" })));
    }

    private static string Find(string subject, string property) => AliceTools.All.Invoke(Call(subject, property));

    private static ToolCall Call(string subject, string property) =>
        new("lookup", new Dictionary<string, string> { ["subject"] = subject, ["property"] = property });

    private sealed class StoppedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2031, 3, 7, 9, 5, 0, TimeSpan.Zero);
    }
}
