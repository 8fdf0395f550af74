using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>Turns as these families write them, each with the marks that its tokenizer has.</summary>
public class ChatFormatTests
{
    private static ChatFormat With(params string[] tokens) =>
        ChatFormat.Of(BpeTrainer.Train(
            ["the weather in Paris"], new BpeTrainingOptions { VocabularySize = 256 + tokens.Length, SpecialTokens = tokens }));

    private static ChatFormat Alice => With("<|think|>", "<|/think|>", "<|tool_call|>", "<|/tool_call|>");

    private static ChatFormat Qwen => With("<think>", "</think>", "<tool_call>", "</tool_call>");

    private static ChatFormat Llama3 => With("<|python_tag|>", "<|eom_id|>");

    private static ChatFormat Mistral => With("[TOOL_CALLS]", "[TOOL_RESULTS]");

    private static ChatFormat Gemma => With("<start_of_turn>", "<end_of_turn>");

    private static string Shown(ChatTurn turn) =>
        $"{turn.Thought}|{turn.Answer}|{string.Join(";", turn.Calls.Select(call => call?.ToString() ?? "malformed"))}";

    [Fact]
    public void AModelWithoutMarksOnlyAnswers()
    {
        var format = With("<|endoftext|>");
        Assert.False(format.CanCall);
        Assert.Equal("|<tool_call>{}</tool_call>|", Shown(format.Read("<tool_call>{}</tool_call>")));
    }

    [Theory]
    [InlineData("Hello.", "|Hello.|")]
    [InlineData("<|think|>2 and 2.<|/think|>Four.", "2 and 2.|Four.|")]
    [InlineData("<|tool_call|>{\"name\": \"clock\", \"arguments\": {\"show\": \"time\"}}<|/tool_call|>",
        "||{\"name\": \"clock\", \"arguments\": {\"show\": \"time\"}}")]
    [InlineData("<|tool_call|>clock<|/tool_call|>Wait.", "|Wait.|malformed")]
    [InlineData("<|think|>unfinished", "unfinished||")]
    public void AliceWritesMarkedObjects(string said, string expected) => Assert.Equal(expected, Shown(Alice.Read(said)));

    [Theory]
    [InlineData("<think>\nEasy.\n</think>\n\nFour.", "\nEasy.\n|Four.|")]
    [InlineData("<tool_call>\n{\"name\": \"clock\", \"arguments\": {\"show\": \"time\"}}\n</tool_call>",
        "||{\"name\": \"clock\", \"arguments\": {\"show\": \"time\"}}")]
    [InlineData("Both.\n<tool_call>\n{\"name\": \"a\", \"arguments\": {}}\n</tool_call>\n<tool_call>\n" +
        "{\"name\": \"b\", \"arguments\": {\"n\": 3}}\n</tool_call>",
        "|Both.|{\"name\": \"a\", \"arguments\": {}};{\"name\": \"b\", \"arguments\": {\"n\": \"3\"}}")]
    public void QwenWritesMarkedObjectsOnLinesOfTheirOwn(string said, string expected) => Assert.Equal(expected, Shown(Qwen.Read(said)));

    [Theory]
    [InlineData("<|tool_call|>[{\"name\": \"a\", \"arguments\": {}}, {\"name\": \"b\", \"arguments\": {\"n\": 3}}]<|/tool_call|>",
        "||{\"name\": \"a\", \"arguments\": {}};{\"name\": \"b\", \"arguments\": {\"n\": \"3\"}}")]
    [InlineData("<|tool_call|>[{\"name\": \"a\"}, {\"name\": \"b\", \"arguments\": {}}]<|/tool_call|>",
        "||malformed;{\"name\": \"b\", \"arguments\": {}}")]
    [InlineData("<|tool_call|>[{\"name\": \"a\"<|/tool_call|>", "||malformed")]
    [InlineData("<|tool_call|>[]<|/tool_call|>Nothing.", "|Nothing.|")]
    public void Phi4MiniWritesAListBetweenMarks(string said, string expected) =>
        Assert.Equal(expected, Shown(With("<|tool_call|>", "<|/tool_call|>").Read(said)));

    [Theory]
    [InlineData("The capital is Paris.", "|The capital is Paris.|")]
    [InlineData(
        "{\"name\": \"clock\", \"parameters\": {\"show\": \"time\"}}", "||{\"name\": \"clock\", \"arguments\": {\"show\": \"time\"}}")]
    [InlineData("<|python_tag|>{\"name\": \"clock\", \"parameters\": {}}", "||{\"name\": \"clock\", \"arguments\": {}}")]
    [InlineData("{\"a\": 1}", "|{\"a\": 1}|")]
    public void Llama3WritesOneObjectAsItsTurn(string said, string expected) => Assert.Equal(expected, Shown(Llama3.Read(said)));

    [Theory]
    [InlineData("Paris.", "|Paris.|")]
    [InlineData("[TOOL_CALLS] [{\"name\": \"a\", \"arguments\": {}}, {\"name\": \"b\", \"arguments\": {\"x\": \"y\"}}]",
        "||{\"name\": \"a\", \"arguments\": {}};{\"name\": \"b\", \"arguments\": {\"x\": \"y\"}}")]
    [InlineData("[TOOL_CALLS] nothing", "||malformed")]
    public void MistralWritesAListBehindAMark(string said, string expected) => Assert.Equal(expected, Shown(Mistral.Read(said)));

    // The first four as Google's documentation has them.
    [Theory]
    [InlineData("[get_weather(city=\"Paris\", days=2), clock()]",
        "||{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Paris\", \"days\": \"2\"}};{\"name\": \"clock\", \"arguments\": {}}")]
    [InlineData("{\"name\": \"clock\", \"parameters\": {\"show\": \"time\"}}",
        "||{\"name\": \"clock\", \"arguments\": {\"show\": \"time\"}}")]
    [InlineData("```tool_code\nprint(f(a=\"x\", b=2))\n```", "||{\"name\": \"f\", \"arguments\": {\"a\": \"x\", \"b\": \"2\"}}")]
    [InlineData("```tool_code\nf(a=1)\n```", "||{\"name\": \"f\", \"arguments\": {\"a\": \"1\"}}")]
    [InlineData("[{\"name\": \"a\", \"parameters\": {}}, {\"name\": \"b\", \"arguments\": {\"n\": 3}}]\n",
        "||{\"name\": \"a\", \"arguments\": {}};{\"name\": \"b\", \"arguments\": {\"n\": \"3\"}}")]
    [InlineData("```json\n{\"name\": \"a\", \"parameters\": {}}\n```", "||{\"name\": \"a\", \"arguments\": {}}")]
    [InlineData("I look.\n```tool_code\n[a()]\n```\nDone.", "|I look.\n\nDone.|{\"name\": \"a\", \"arguments\": {}}")]
    [InlineData("```tool_code\na()\nx = b(n=3)\nprint(x)\n```",
        "||{\"name\": \"a\", \"arguments\": {}};{\"name\": \"b\", \"arguments\": {\"n\": \"3\"}}")]
    [InlineData("```tool_code\nimport os\n```", "||malformed")]
    [InlineData("```tool_code\nf(a=", "||malformed")]
    [InlineData("```tool_code", "||")]
    [InlineData("Paris.", "|Paris.|")]
    [InlineData("[1, 2, 3]", "|[1, 2, 3]|")]
    [InlineData("[see f(x)]", "|[see f(x)]|")]
    [InlineData("{\"a\": 1}", "|{\"a\": 1}|")]
    [InlineData("```python\nprint(1)\n``` and ```x```", "|```python\nprint(1)\n``` and ```x```|")]
    [InlineData("```json\n{\"a\": 1}\n```", "|```json\n{\"a\": 1}\n```|")]
    public void GemmaWritesPythonOrJsonWithoutMarks(string said, string expected) => Assert.Equal(expected, Shown(Gemma.Read(said)));

    [Fact]
    public void GemmasTemplatesGetToolsAndResultsAsUsersText()
    {
        var calls = new List<object?> { new Dictionary<string, object?>
        {
            ["function"] = new Dictionary<string, object?>
            {
                ["name"] = "clock",
                ["arguments"] = new Dictionary<string, object?> { ["show"] = "time", ["exact"] = true, ["at"] = new[] { 1, 2 } },
            },
        } };
        var asked = new ChatMessage("assistant", "") { Extra = new Dictionary<string, object?> { ["tool_calls"] = calls } };
        ChatMessage[] messages = [new("system", "Be brief."), new("user", "Time?"), asked, new("tool", "12:30"), new("tool", "noon")];

        var prepared = Gemma.Prepared(messages, [new Clock()]);

        Assert.Equal(["system", "user", "assistant", "user"], prepared.Select(message => message.Role));
        Assert.Equal("""
            You have access to functions. If you decide to invoke any of the function(s), you MUST put it in the format of
            [func_name1(params_name1=params_value1, params_name2=params_value2...), func_name2(params)]

            You SHOULD NOT include any other text in the response if you call a function

            [{"name":"time","description":"now","parameters":{"type":"object","properties":{"at":{"type":"string"}},"required":["at"]}}]

            Time?
            """, prepared[1].Content);
        Assert.Equal("[clock(show=\"time\", exact=True, at=[1, 2])]", prepared[2].Content);
        Assert.Equal("```tool_output\n12:30\n```\n```tool_output\nnoon\n```", prepared[3].Content);
        Assert.Same(messages[0], Gemma.Prepared(messages, [])[0]);
        Assert.Same(messages, Qwen.Prepared(messages, [new Clock()]));
    }

    [Theory]
    [InlineData("Paris is", 8)]
    [InlineData("[cl", 0)]
    [InlineData(" {", 0)]
    [InlineData("I look.\n`", 8)]
    [InlineData("I look.\n```", 8)]
    [InlineData("I look.\n```tool_co", 8)]
    [InlineData("I look.\n```tool_code\nf(", 8)]
    [InlineData("```python\nprint(1)", 18)]
    [InlineData("```python\nprint(1)\n```\n```js", 23)]
    [InlineData("a `b` c", 7)]
    public void GemmasTextIsHeldBackFromWhereACallMayBegin(string answer, int held) => Assert.Equal(held, Gemma.CallStart(answer));

    private sealed class Clock : IToolSignature
    {
        public string Name => "time";

        public string Description => "now";

        public IReadOnlyList<string> Parameters => ["at"];
    }

    [Fact]
    public void MistralsTemplatesGetCallsAndResultsWithIds()
    {
        var template = ChatTemplate.Parse("""
            {%- for m in messages -%}
            {%- if m.tool_calls -%}[TOOL_CALLS] [{% for c in m.tool_calls %}{{ c.function|tojson }} {{ c.id|length }}{% endfor %}]
            {%- elif m.role == 'tool' -%}[TOOL_RESULTS] {{ m.tool_call_id }} {{ m.content }}
            {%- else -%}{{ m.content }}{%- endif -%}{%- endfor -%}
            """);
        var turn = Mistral.Read("[TOOL_CALLS] [{\"name\": \"clock\", \"arguments\": {\"show\": \"time\"}}]");
        Assert.Equal("Hi[TOOL_CALLS] [{\"name\": \"clock\", \"arguments\": {\"show\": \"time\"}} 9][TOOL_RESULTS] call00000 12:30",
            template.Render([new("user", "Hi"), Mistral.Said(turn), Mistral.Result(turn.Calls[0], 0, "12:30")]));
    }

    [Fact]
    public void TheOthersGoOnFromTheTurnAsItWasWritten()
    {
        const string Said = "<tool_call>\n{\"name\": \"a\", \"arguments\": {}}\n</tool_call>";
        Assert.Equal(new ChatMessage("assistant", Said), Qwen.Said(Qwen.Read(Said)));
        Assert.Equal(new ChatMessage("tool", "3"), Qwen.Result(Qwen.Read(Said).Calls[0], 0, "3"));
    }
}
