using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>Calls in all the forms that published models write, whole and broken. A broken call is an error that the model is told, or
/// stays text; nothing throws.</summary>
public class ToolCallFormsTests
{
    private static readonly ChatFormat _smolLm3 = With(
        "<think>", "</think>", "<|python_tag|>", "<|eom_id|>", "<tool_response>", "<tool_call>", "</tool_call>", "<code>", "</code>");

    private static readonly ChatFormat _qwen = With("<think>", "</think>", "<tool_call>", "</tool_call>");
    private static readonly ChatFormat _llama3 = With("<|python_tag|>", "<|eom_id|>");
    private static readonly ChatFormat _mistral = With("[TOOL_CALLS]", "[TOOL_RESULTS]", "[ARGS]", "[CALL_ID]", "[THINK]", "[/THINK]");

    private static ChatFormat With(params string[] tokens) => ChatFormat.Of(BpeTrainer.Train(
        ["the weather in Paris"], new BpeTrainingOptions { VocabularySize = 256 + tokens.Length, SpecialTokens = tokens }));

    // thought|answer|calls, each call as name(argument=value,...), with #id where the model gave one.
    private static string Shown(ChatTurn turn) => $"{turn.Thought}|{turn.Answer}|{string.Join(";", turn.Calls.Select(Shown))}";

    private static string Shown(ToolCall? call) => call is null
        ? "malformed"
        : $"{call.Name}({string.Join(",", call.Arguments.Select(a => $"{a.Key}={a.Value}"))}){(call.Id is null ? "" : "#" + call.Id)}";

    public static TheoryData<string, string> OfQwen => new()
    {
        { "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": \"x\"}}\n</tool_call>", "||f(a=x)" },
        {
            "First.\n<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n</tool_call>\nThen.\n<tool_call>{\"name\": \"g\", " +
            "\"arguments\": {\"n\": 1.50, \"l\": [1, {\"k\": null}], \"t\": true}}</tool_call>",
            "|First.\n\nThen.|f();g(n=1.50,l=[1, {\"k\": null}],t=true)"
        },
        { "<think>\n<tool_call>{\"name\": \"no\"}</tool_call>\n</think>\n<tool_call>{\"name\": \"f\", \"arguments\": {}}</tool_call>",
            "\n<tool_call>{\"name\": \"no\"}</tool_call>\n||f()" },
        { "Hm.\n</think>\n\nFour.", "Hm.\n|Four.|" },
        { "<tool_call>{\"name\": \"f\", \"arguments\": {}}<tool_call>{\"name\": \"g\", \"arguments\": {}}</tool_call>", "||f();g()" },
        { "<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n{\"name\": \"g\", \"arguments\": {}}\n</tool_call>", "||f();g()" },
        { "<tool_call>{\"name\": \"f\", \"arguments\": {}}", "||f()" },
        { "<tool_call>{\"name\": \"f\", \"arguments\": \"{\\\"a\\\": 1}\"}</tool_call>", "||f(a=1)" },
        { "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"}] \\\"</b>\\n\"}}</tool_call>", "||f(a=}] \"</b>\n)" },
        { "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": 1}</tool_call>Sorry.", "|Sorry.|malformed" },
        { "<tool_call>{\"name\": \"f\"}</tool_call>", "||malformed" },
        { "<tool_call>{\"name\": \"f\", \"arguments\": [1]}</tool_call>", "||malformed" },
        { "<tool_call>{'name': 'f', 'arguments': {}}</tool_call>", "||malformed" },
        { "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": 1, \"a\": 2}}</tool_call>", "||malformed" },
        { "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"\\ud800\"}}</tool_call>", "||malformed" },
        { "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": 1e999}}</tool_call>", "||malformed" },
        { "<tool_call>{\"name\": \"f\", \"arguments\": {}} and so on</tool_call>", "||malformed" },
        { "<tool_call>f(a=1)</tool_call>", "||malformed" },
        { "<tool_call></tool_call>", "||malformed" },
        { "<tool_call>", "||malformed" },
        { "</tool_call>", "|</tool_call>|" },
        { "{\"name\": \"f\", \"arguments\": {}}", "|{\"name\": \"f\", \"arguments\": {}}|" },
    };

    public static TheoryData<string, string> OfSmolLm3 => new()
    {
        { "<think>\n\n</think>\n<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"x\"}}</tool_call>", "\n\n||f(a=x)" },
        { "<think>Look.</think>I look.\n<code>\nw = f(city='Paris', days=2)\nprint(w)\n</code>", "Look.|I look.|f(city=Paris,days=2)" },
        { "<code>print(f())</code> <code>g()</code>", "| |f();g()" },
        { "<code>f(a=1)\nimport os</code>", "||f(a=1);malformed" },
        { "<code>f(a=1)", "||f(a=1)" },
        { "Use <code>x = 1</code> here.", "|Use <code>x = 1</code> here.|" },
        { "Use <b>x</b>.", "|Use <b>x</b>.|" },
        { "<|python_tag|>f(a=1)", "|<|python_tag|>f(a=1)|" },
    };

    public static TheoryData<string, string> OfMistral => new()
    {
        { "[TOOL_CALLS] [{\"name\": \"f\", \"arguments\": {\"a\": \"x\"}, \"id\": \"abc123XYZ\"}]", "||f(a=x)#abc123XYZ" },
        { "[TOOL_CALLS][{\"name\": \"f\", \"arguments\": {}}, {\"name\": \"g\", \"arguments\": {}}]", "||f();g()" },
        { "I look.[TOOL_CALLS]f[ARGS]{\"a\": {\"b\": [1]}}", "|I look.|f(a={\"b\": [1]})" },
        { "[TOOL_CALLS]f[ARGS]{\"a\": \"x\"}[TOOL_CALLS]g[ARGS]{}", "||f(a=x);g()" },
        { "[TOOL_CALLS]f[CALL_ID]abc123XYZ[ARGS]{\"a\": 1}", "||f(a=1)#abc123XYZ" },
        { "[TOOL_CALLS]f{\"a\": 1}", "||f(a=1)" },
        { "[TOOL_CALLS]f[ARGS]", "||f()" },
        { "[TOOL_CALLS]{\"name\": \"f\", \"arguments\": {}}", "||f()" },
        { "[THINK]Hm.[/THINK]Yes.[TOOL_CALLS]f[ARGS]{}", "Hm.|Yes.|f()" },
        { "[TOOL_CALLS]f[ARGS]{\"a\": ", "||malformed" },
        { "[TOOL_CALLS]f[ARGS]{\"a\": 1} more", "||malformed" },
        { "[TOOL_CALLS]f", "||malformed" },
        { "[TOOL_CALLS][ARGS]{}", "||malformed" },
        { "[TOOL_CALLS]two words[ARGS]{}", "||malformed" },
        { "[TOOL_CALLS] [{\"name\": \"f\", \"arguments\": {}}", "||malformed" },
        { "[TOOL_CALLS] [{\"name\": \"f\", \"arguments\": {}}, 3]", "||f();malformed" },
        { "[TOOL_CALLS]", "||malformed" },
        { "[1, 2]", "|[1, 2]|" },
    };

    public static TheoryData<string, string> OfLlama3 => new()
    {
        { "{\"name\": \"f\", \"parameters\": {\"a\": \"x\"}}", "||f(a=x)" },
        { "\n{\"type\": \"function\", \"name\": \"f\", \"parameters\": {}}\n", "||f()" },
        { "{\"name\": \"f\", \"parameters\": {}}; {\"name\": \"g\", \"parameters\": {\"n\": 2}}", "||f();g(n=2)" },
        { "{\"name\": \"f\", \"parameters\": {}}\n{\"name\": \"g\", \"parameters\": {}}", "||f();g()" },
        { "[{\"name\": \"f\", \"parameters\": {}}]", "||f()" },
        { "[f(a=\"x\", n=2), g()]", "||f(a=x,n=2);g()" },
        { "<|python_tag|>{\"name\": \"f\", \"parameters\": {}}", "||f()" },
        { "I look.<|python_tag|>[f(a=1)]", "|I look.|f(a=1)" },
        { "<|python_tag|>brave_search.call(query=\"weather\")", "||brave_search(query=weather)" },
        { "<|python_tag|>{\"name\": \"f\", \"parameters\": ", "||malformed" },
        { "<|python_tag|>import os", "||malformed" },
        { "<|python_tag|>", "||malformed" },
        { "{\"name\": \"f\", \"parameters\": {}", "|{\"name\": \"f\", \"parameters\": {}|" },
        { "{\"name\": \"f\", \"parameters\": {}} {\"a\": 1}", "|{\"name\": \"f\", \"parameters\": {}} {\"a\": 1}|" },
        { "[f(a=x)]", "|[f(a=x)]|" },
        { "[1, 2]", "|[1, 2]|" },
        { "{}", "|{}|" },
        { "Say {\"name\": \"f\", \"parameters\": {}}", "|Say {\"name\": \"f\", \"parameters\": {}}|" },
    };

    [Theory, MemberData(nameof(OfQwen))]
    public void QwensCallsAreRead(string said, string expected) => Reads(_qwen, said, expected);

    [Theory, MemberData(nameof(OfSmolLm3))]
    public void SmolLm3sCallsInJsonAndInPythonAreRead(string said, string expected) => Reads(_smolLm3, said, expected);

    [Theory, MemberData(nameof(OfMistral))]
    public void MistralsListsAndNamedCallsAreRead(string said, string expected) => Reads(_mistral, said, expected);

    [Theory, MemberData(nameof(OfLlama3))]
    public void Llamas3sObjectsAndPythonListsAreRead(string said, string expected) => Reads(_llama3, said, expected);

    private static void Reads(ChatFormat format, string said, string expected)
    {
        Assert.True(format.CanCall);
        Assert.Equal(expected, Shown(format.Read(said)));
        // What has been written so far is read without an error at every length, and what is held back only begins where a call may.
        for (var length = 0; length <= said.Length; length++)
        {
            Assert.Equal(said[..length], format.Read(said[..length]).Text);
            Assert.InRange(format.CallStart(said[..length]), 0, length);
        }
    }

    [Fact]
    public void DeepJsonIsMalformed() =>
        Assert.Equal("||malformed", Shown(_qwen.Read($"<tool_call>{{\"name\": \"f\", \"arguments\": {new string('[', 100_000)}")));

    [Fact]
    public void MistralsTemplatesGetTheIdsAndTypesThatTheModelWrote()
    {
        var turn = _mistral.Read(
            "[TOOL_CALLS]f[ARGS]{\"a\": [TOOL_CALLS]g[CALL_ID]abc123XYZ[ARGS]{\"n\": 3}[TOOL_CALLS]h[CALL_ID]short[ARGS]{}");
        var template = ChatTemplate.Parse(
            "{% for m in messages %}{% for c in m.tool_calls or [] %}{{ c.id }} {{ c.function|tojson }};{% endfor %}" +
            "{% if m.role == 'tool' %}{{ m.tool_call_id }} {{ m.content }};{% endif %}{% endfor %}");
        Assert.Equal(
            "abc123XYZ {\"name\": \"g\", \"arguments\": {\"n\": 3}};call00002 {\"name\": \"h\", \"arguments\": {}};" +
            "call00000 broken;abc123XYZ 4;call00002 5;",
            template.Render([
                _mistral.Said(turn), _mistral.Result(turn.Calls[0], 0, "broken"), _mistral.Result(turn.Calls[1], 1, "4"),
                _mistral.Result(turn.Calls[2], 2, "5"),
            ], addGenerationPrompt: false));
    }
}
