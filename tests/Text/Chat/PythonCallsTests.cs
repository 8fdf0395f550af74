using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Text.Tests;

public class PythonCallsTests
{
    private static string Shown(IEnumerable<ToolCall?> calls) => string.Join(";", calls.Select(call => call is null
        ? "malformed"
        : $"{call.Name}({string.Join(",", call.Arguments.Select(a => $"{a.Key}={a.Value}"))})"));

    // Right: what Python's ast.literal_eval gives, as JSON where it is not a text.
    [Theory]
    [InlineData("'it\\'s'", "it's")]
    [InlineData("\"a\\n\\t\\x41\\u00e9\\U0001F600\\q\"", "a\n\tA\u00e9\U0001F600\\q")]
    [InlineData("\"\"\"two\nlines\"\"\"", "two\nlines")]
    [InlineData("'#)'", "#)")]
    [InlineData("-1.50", "-1.50")]
    [InlineData("+5", "5")]
    [InlineData(".5", "0.5")]
    [InlineData("1_000", "1000")]
    [InlineData("1e3", "1e3")]
    [InlineData("True", "true")]
    [InlineData("None", "null")]
    [InlineData("[1, 'a', (2, 3,), {'k': False}]", "[1,\"a\",[2,3],{\"k\":false}]")]
    [InlineData("{}", "{}")]
    public void LiteralsAreReadAsPythonReadsThem(string literal, string value) =>
        Assert.Equal($"f(a={value})", Shown(PythonCalls.Lines($"f(a={literal})")));

    [Theory]
    [InlineData("f()", "f()")]
    [InlineData("f(\n  a = 1,  # why\n  b = 'x',\n)", "f(a=1,b=x)")]
    [InlineData("print(f(a=1), g())", "f(a=1);g()")]
    [InlineData("x = f(); y = g()", "f();g()")]
    [InlineData("# note\n\nx = f(a=1)\nprint(x)\nprint('done')", "f(a=1)")]
    [InlineData("f()\r\ng()", "f();g()")]
    [InlineData("api.find(q='x')", "api.find(q=x)")]
    [InlineData("brave_search.call(query='x')", "brave_search(query=x)")]
    [InlineData("f(1)", "malformed")]
    [InlineData("f(a=b)", "malformed")]
    [InlineData("f(a=f'{x}')", "malformed")]
    [InlineData("f(a=1, a=2)", "malformed")]
    [InlineData("f(a='x", "malformed")]
    [InlineData("f(a='x\n')", "malformed")]
    [InlineData("f(a='\\ud800')", "malformed")]
    [InlineData("f(a='\\u12')", "malformed")]
    [InlineData("f(a=1e999)", "malformed")]
    [InlineData("for x in y:\n  f(a=x)\ng()", "malformed;g()")]
    [InlineData("f(a=1) + g()", "malformed")]
    [InlineData(")", "malformed")]
    [InlineData("", "")]
    public void LinesAreCallsOrMalformed(string code, string expected) => Assert.Equal(expected, Shown(PythonCalls.Lines(code)));

    [Fact]
    public void DeepNestingIsMalformedAndNotAStackOverflow() =>
        Assert.Equal("malformed", Shown(PythonCalls.Lines($"f(a={new string('[', 100_000)})")));

    [Theory]
    [InlineData("[f(a=1), g()]", "f(a=1);g()")]
    [InlineData("[f(a=1),]", "f(a=1)")]
    public void AListHoldsCalls(string code, string expected) => Assert.Equal(expected, Shown(PythonCalls.List(code)!));

    [Theory, InlineData("[]"), InlineData("[1]"), InlineData("[f()] more"), InlineData("[f()"), InlineData("f()"), InlineData("[f(), 1]")]
    public void OtherListsAreNotCalls(string code) => Assert.Null(PythonCalls.List(code));

    [Fact]
    public void NoBeginningOfACallThrows()
    {
        const string Code = "[f(a='x\\n', b=[1, {'k': None}], c=-1.5e3)]";
        for (var length = 0; length <= Code.Length; length++)
        {
            Assert.Equal(length == Code.Length, PythonCalls.List(Code[..length]) is not null);
            Assert.NotNull(PythonCalls.Lines(Code[..length]));
        }
    }
}
