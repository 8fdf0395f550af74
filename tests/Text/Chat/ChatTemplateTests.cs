using System.Text.Json;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Text.Tests;

public class ChatTemplateTests
{
    private static readonly ChatMessage[] Conversation =
        [new("system", "Be brief."), new("user", "Hi"), new("assistant", "Hello"), new("tool", "3"), new("user", "{{ not jinja }}")];

    [Fact]
    public void AliceWritesRolesAsTokensWithoutNewlines()
    {
        var template = ChatTemplate.Parse(Repository.AliceTemplate);
        const string Turns =
            "<|system|>Be brief.<|end|><|user|>Hi<|end|><|assistant|>Hello<|end|><|tool|>3<|end|><|user|>{{ not jinja }}<|end|>";
        Assert.Equal(Turns + "<|assistant|>", template.Render(Conversation));
        Assert.Equal(Turns, template.Render(Conversation, addGenerationPrompt: false));
        Assert.Equal("<|assistant|>", template.Render([]));
    }

    [Fact]
    public void AliceRefusesAnUnknownRole()
    {
        var error = Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(Repository.AliceTemplate).Render([new("robot", "x")]));
        Assert.Equal("Chat template, line 18: the template refuses this conversation: the role 'robot' is unknown; " +
            "use system, user, assistant or tool", error.Message);
        Assert.Equal(18, error.Line);
    }

    [Fact]
    public void TemplatesRenderAsHuggingFacesJavaScriptLibraryRendersThem()
    {
        var golden = GoldenFile.Read("chat_templates.json");
        foreach (var expected in golden.GetProperty("rendered").EnumerateArray())
        {
            var name = expected.GetProperty("name").GetString()!;
            var template = ChatTemplate.Parse(golden.GetProperty("templates").GetProperty(name).GetString()!);
            AssertRenders(template, name, expected.GetProperty("variables"), expected.GetProperty("expected"));
        }
    }

    [Fact]
    public void TemplatesRenderAsPythonRendersThem()
    {
        var golden = GoldenFile.Read("jinja.json");
        foreach (var expected in golden.GetProperty("cases").EnumerateArray())
            AssertRendersOrFails(expected[0].GetString()!, golden.GetProperty("variables"), expected[1]);
    }

    [Theory]
    [InlineData("one\n{{ x.y }}", 2, "'x' is undefined, so it has no 'y'. Test it with 'is defined' first.")]
    [InlineData(
        "{% if true %}\n{% for x in [] %}\n{% endfor %}\n", 1, "the block 'if' that starts here has no end. Close it with {% endif %}.")]
    [InlineData("\n\n{{ 'a\nb", 3, "the string that starts here has no end. Close it with '.")]
    [InlineData("{# a\n b #}\n{% block x %}", 3, "the statement 'block' is not supported. " +
        "Known are if, for, set, macro, call, filter, with, raw, generation, break and continue.")]
    [InlineData("a\n{{ 1 +\n * 2 }}", 3, "found '*' where a value must stand.")]
    [InlineData("{% raw %}\nx", 1, "the raw block that starts here has no end. Close it with {% endraw %}.")]
    [InlineData("x\n{% endif %}", 2, "'endif' ends nothing. Remove it or open its block before.")]
    [InlineData("{% break %}", 1, "'break' stands outside of a loop. Remove it.")]
    [InlineData("\n{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}", 2, "'f' calls itself more than 100 times. Give it an end.")]
    [InlineData("{{ range(1000000) }}", 1, "a range has more than 100000 numbers. Use a smaller one.")]
    [InlineData("{{ 10 ** 99999 }}", 1, "a number is too large. Whole numbers have at most 4,200 digits here.")]
    public void AnErrorNamesItsLine(string jinja, int line, string message)
    {
        var error = Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(jinja).Render([]));
        Assert.Equal($"Chat template, line {line}: {message}", error.Message);
        Assert.Equal(line, error.Line);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("- ", "")]
    [InlineData("not ", "")]
    [InlineData("1 + ", "")]
    [InlineData("", ".x")]
    [InlineData("", " | trim")]
    [InlineData("1 if 1 else ", "")]
    public void DeepNestingIsRefusedRatherThanCrashing(string open, string close)
    {
        const int Depth = 200_000;   // 100,000 optimized frames may just fit into 8 MB
        var jinja = $"{{{{ {string.Concat(Enumerable.Repeat(open, Depth))}1{string.Concat(Enumerable.Repeat(close, Depth))} }}}}";
        Assert.Contains("nested too deeply", Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(jinja).Render([])).Message);
    }

    [Fact]
    public void ManyAlternativesAreRefusedRatherThanCrashing()
    {
        var jinja = "{% if 0 %}" + string.Concat(Enumerable.Repeat("{% elif 0 %}", 100_000)) + "{% endif %}";
        Assert.Contains("nested too deeply", Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(jinja).Render([])).Message);
    }

    [Fact]
    public void DeepBlocksAreRefusedRatherThanCrashing() =>
        Assert.Contains("nested too deeply", Assert.Throws<ChatTemplateException>(
            () => ChatTemplate.Parse(string.Concat(Enumerable.Repeat("{% if 1 %}", 100_000)))).Message);

    // Each of these ended the process, took all memory or never ended: values can be nested, doubled and multiplied, whatever the syntax
    // allows.
    [Theory]
    [InlineData(
        "{% set n = namespace(x=[]) %}{% for i in range(99999) %}{% set n.x = [n.x] %}{% endfor %}",
        "{{ n.x | tojson }}{{ n.x }}{{ n.x == [n.x] }}{{ n.x in [[n.x]] }}")]
    [InlineData("{% set n = namespace(x=[]) %}{% for i in range(99999) %}{% set n.x = [n.x, 1] %}{% endfor %}{% set m = namespace(x=[]) " +
        "%}{% for i in range(99999) %}{% set m.x = [m.x, 1] %}{% endfor %}", "{{ n.x < m.x }}{{ [n.x, m.x] | sort }}")]
    [InlineData(
        "{% set n = namespace(x=()) %}{% for i in range(99999) %}{% set n.x = (n.x,) %}{% endfor %}",
        "{{ {n.x: 1} }}{{ [n.x] | unique | list }}")]
    [InlineData("{% set n = namespace(x={}) %}{% for i in range(99999) %}{% set n.x = {'a': " +
        "n.x} %}{% endfor %}", "{{ n.x }}{{ n.x | tojson(indent=1) }}{{ n.x | dictsort | join }}")]
    [InlineData("{% set n = namespace(x=1) %}{% set n.x = [n] %}", "{{ n }}{{ n.x ~ '' }}")]
    public void DeepValuesAreRefusedRatherThanCrashing(string made, string used)
    {
        foreach (var use in used.Split("}}", StringSplitOptions.RemoveEmptyEntries))
        {
            var template = ChatTemplate.Parse(made + use + "}}");
            // A thread with the stack of Windows' main thread: the guard must hold there too.
            ChatTemplateException? refusal = null;
            var thread = new Thread(() => refusal = Record.Exception(() => template.Render([])) as ChatTemplateException, 1 << 20);
            thread.Start();
            thread.Join();
            Assert.Contains("nested too deeply", refusal!.Message);
        }
    }

    [Theory]
    [InlineData("{% set n = namespace(s='ab') %}{% for i in range(40) %}{% set n.s = n.s ~ n.s %}{% endfor %}{{ n.s }}")]
    [InlineData("{% set n = namespace(s=[1]) %}{% for i in range(40) %}{% set n.s = n.s + n.s %}{% endfor %}")]
    [InlineData("{% set n = namespace(s=[1]) %}{% for i in range(40) %}{% set n.s = [n.s, n.s] %}{% endfor %}{{ n.s }}")]
    [InlineData("{% set n = namespace(s=(1,)) %}{% for i in range(40) %}{% set n.s = (n.s, n.s) %}{% endfor %}{{ {n.s: 1} }}")]
    [InlineData("{{ 'aa' * 4611686019501129728 }}")]
    [InlineData("{{ [1, 2] * 9223372036854775807 }}")]
    [InlineData("{{ ('a' * 99999) * 99999 }}")]
    [InlineData("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}")]
    [InlineData("{% macro f(n) %}{% if n > 0 %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}x{% endmacro %}{{ f(60) }}")]
    [InlineData("{% set s = 'x' * 10000 %}{{ s | replace('', s) | replace('', s) }}")]
    [InlineData("{{ 'x' | center(10 ** 18) }}")]
    [InlineData("{{ 'x' | indent(10 ** 9, true) }}")]
    [InlineData("{{ [1] | batch(2 ** 31 - 1, 'x') | list }}")]
    [InlineData("{{ [1] | slice(10 ** 12) | list }}")]
    [InlineData("{{ 'x'.zfill(10 ** 12) }}")]
    [InlineData("{% set x = 'a' * 9999999 %}{% for i in range(99999) %}{{ x | length }}{{ x is lower }}{{ 'b' in x }}{% endfor %}")]
    [InlineData("{% set x = range(99999) | list %}{% for i in x %}{{ x | join }}{{ x | sort | length }}{% endfor %}")]
    public void ATemplateThatTakesTooMuchIsRefusedRatherThanNeverEnding(string jinja)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(jinja).Render([]));
        Assert.Contains("the template takes more than", refusal.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2L << 30);
    }

    [Fact]
    public void ALongConversationStaysWithinTheBudget()
    {
        var turns = Enumerable.Range(0, 10_000)
            .Select(i => new ChatMessage(i % 2 == 0 ? "user" : "assistant", new string('x', 400))).ToArray();
        Assert.Equal((10_000 * 400) + (5_000 * "<|user|>".Length) + (5_000 * "<|assistant|>".Length) + (10_000 * "<|end|>".Length) +
            "<|assistant|>".Length,
            ChatTemplate.Parse(Repository.AliceTemplate).Render(turns).Length);
    }

    [Theory]
    [InlineData("{%}")]
    [InlineData("a{%}b{% if %}")]
    [InlineData("{{ [1, 'a', none] | sort }}")]
    [InlineData("{{ [none, 1] | min }}")]
    [InlineData("{{ '\\UFFFFFFFF' }}")]
    [InlineData("{{ 10 ** 99999 }}")]
    [InlineData("{{ f(1, a=2, a=3) }}")]
    [InlineData("{{ 'a' | replace }}")]
    [InlineData("{{ given }}")]
    public void EveryFailureIsAChatTemplateException(string jinja)
    {
        var halfACharacter = JsonSerializer.Deserialize<JsonElement>("\"\\ud83d\"");
        Assert.Throws<ChatTemplateException>(
            () => ChatTemplate.Parse(jinja).Render([], variables: new Dictionary<string, object?> { ["given"] = halfACharacter }));
    }

    [Fact]
    public void ARefusalOfTheTemplateIsShortened()
    {
        var refusal = Assert.Throws<ChatTemplateException>(
            () => ChatTemplate.Parse("{{ raise_exception(messages[0].role) }}").Render([new(new string('x', 1_000_000), "")]));
        Assert.InRange(refusal.Message.Length, 100, 3_000);
    }

    [Fact]
    public void ExtraFieldsOfAMessageCanBeReadInEveryForm()
    {
        var message = new ChatMessage("assistant", "")
        {
            Extra = new Dictionary<string, object?>
            {
                ["tool_calls"] = JsonSerializer.Deserialize<JsonElement>("""[{"name": "add", "arguments": {"a": 1, "b": 2.5}}]"""),
                ["reasoning_content"] = "hm",
                ["tags"] = new[] { "x", "y" },
                ["nothing"] = null,
            },
        };
        const string Jinja = "{{ messages[0].tool_calls[0].arguments | tojson }} {{ messages[0].reasoning_content }} {{ messages[0].tags " +
            "}} {{ messages[0].nothing is none }} {{ messages[0].other is defined }}";
        Assert.Equal("""{"a": 1, "b": 2.5} hm ['x', 'y'] True False""", ChatTemplate.Parse(Jinja).Render([message]));
    }

    [Fact]
    public void TheCallerSuppliesTheClock()
    {
        var template = ChatTemplate.Parse("{{ strftime_now('%d %b %Y, %-d. %B, %A %H:%M:%S %p %j %y %%') }}", new FixedClock());
        Assert.Equal("05 Mar 2026, 5. March, Thursday 14:07:09 PM 064 26 %", template.Render([]));
    }

    private static void AssertRendersOrFails(string jinja, JsonElement variables, JsonElement expected)
    {
        if (expected.ValueKind == JsonValueKind.Null)
            Assert.Throws<ChatTemplateException>(() => Render(ChatTemplate.Parse(jinja), variables));
        else Assert.Equal($"{jinja}\n=> {expected.GetString()}", $"{jinja}\n=> {Render(ChatTemplate.Parse(jinja), variables)}");
    }

    private static void AssertRenders(ChatTemplate template, string name, JsonElement variables, JsonElement expected)
    {
        if (expected.ValueKind == JsonValueKind.Null) Assert.Throws<ChatTemplateException>(() => Render(template, variables));
        else Assert.Equal($"{name}: {expected.GetString()}", $"{name}: {Render(template, variables)}");
    }

    private static string Render(ChatTemplate template, JsonElement variables)
    {
        var all = variables.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value);
        return template.Render([], addGenerationPrompt: false, all);
    }

    private sealed class FixedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2026, 3, 5, 14, 7, 9, TimeSpan.Zero);
    }
}
