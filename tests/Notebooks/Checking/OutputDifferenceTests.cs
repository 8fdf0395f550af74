using System.Text.Json.Nodes;
using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class OutputDifferenceTests
{
    private static string? Between(string stored, string fresh, bool varies = false) =>
        OutputDifference.Between([new StreamOutput("stdout", stored)], [new StreamOutput("stdout", fresh)], varies);

    private static ResultOutput Result(params (string MimeType, JsonNode Value)[] items)
    {
        var data = new MimeBundle();
        foreach (var (mimeType, value) in items)
            data.Add(mimeType, value);
        return new ResultOutput(1, data, []);
    }

    [Theory]
    [InlineData("8 tokens", "8   tokens\n")]
    [InlineData("cosine 0.3624 ██████▏", "cosine 0.3625 ██████▎")]
    [InlineData("logit 19.60", "logit 19.61")]
    [InlineData("difference 4.413×10⁻⁶", "difference 9.1×10⁻⁷")]
    [InlineData("probability <0.01%", "probability 0.01%")]
    [InlineData("x  -0.1946  -███▊", "x  -0.1947  -███▋")]
    [InlineData("192 numbers on cpu", "192 numbers on cuda:0")]
    [InlineData("──────  ───\n1.0  2", "─────  ───\n1.0  2")]
    [InlineData("1,234.5 GB", "1,234.4 GB")]
    public void RoundedNumbersAreNotADifference(string stored, string fresh) => Assert.Null(Between(stored, fresh));

    [Theory]
    [InlineData("five", "five", true)]
    [InlineData("five", "six", false)]
    public void APlayableDisplayIsComparedByItsText(string stored, string fresh, bool alike)
    {
        ResultOutput Lens(string text, string values) => Result(
            ("application/vnd.rabbit.lens-grid+json", new JsonObject { ["w"] = values }),
            ("text/html", $"<lens-grid><p>{text}</p><script type=\"application/json\">{{\"w\":\"{values}\"}}</script></lens-grid>"),
            ("text/plain", text));
        Assert.Equal(alike, OutputDifference.Between([Lens(stored, "AAB")], [Lens(fresh, "AAC")], varies: false) is null);
    }

    [Theory]
    [InlineData("8 tokens", "9 tokens")]
    [InlineData("8 tokens", "8 letters")]
    [InlineData("0.3624", "0.3724")]
    [InlineData("0.98", "-0.98")]
    [InlineData("a b", "b a")]
    [InlineData("a", "a b")]
    [InlineData("12,345 bytes", "12,346 bytes")]
    [InlineData("999999", "[1, 2]")]
    [InlineData("3×10⁹", "3×10⁸")]
    [InlineData("∞", "1.0")]
    public void AnotherWordOrNumberIsADifference(string stored, string fresh)
    {
        Assert.NotNull(Between(stored, fresh));
        Assert.NotNull(Between(fresh, stored));
    }

    [Theory]
    [InlineData("prefill 259 ms, decode 19.9 ms", "prefill 0.3 s, decode 900 µs")]
    [InlineData("time   ratio\n 5  ██▊\n", "time ratio\n 17.25  █████\n")]
    [InlineData("rate ∞", "rate 12")]
    public void NumbersMayDifferInACellThatVaries(string stored, string fresh) => Assert.Null(Between(stored, fresh, varies: true));

    [Theory]
    [InlineData("prefill 259 ms", "999999")]
    [InlineData("prefill 259 ms", "decode 259 ms")]
    [InlineData("1 2 3", "1 2")]
    public void WordsMayNotDifferInACellThatVaries(string stored, string fresh) => Assert.NotNull(Between(stored, fresh, varies: true));

    [Fact]
    public void TheFirstDifferingLinesAreShown() => Assert.Equal(
        "its stdout differs from a fresh run:\n    - three 4\n    + three 3",
        Between("one 1\ntwo 2\nthree 4\nfour 4", "one 1\ntwo 2\nthree 3\nfour 4"));

    [Fact]
    public void ATextThatEndsEarlyIsReported() =>
        Assert.Contains("- one 1 (ends here)\n    + two 2", Between("one 1", "one 1\ntwo 2"), StringComparison.Ordinal);

    [Fact]
    public void OutputsOfAnotherKindAreADifference()
    {
        Assert.Equal("it stores no output, and a fresh run gives stdout",
            OutputDifference.Between([], [new StreamOutput("stdout", "x")], varies: true));
        Assert.Equal(
            "it stores a result (text/plain), and a fresh run gives a result (picture text/plain)",
            OutputDifference.Between(
                [Result(("text/plain", "1"))], [Result(("image/svg+xml", "<svg/>"), ("text/plain", "1"))], varies: true));
    }

    [Fact]
    public void PicturesAreComparedByPresenceOnly() => Assert.Null(OutputDifference.Between(
        [Result(("image/svg+xml", "<svg><text>1</text></svg>"), ("text/plain", "1"))],
        [Result(("application/vnd.plotly.v1+json", new JsonObject()), ("text/plain", "1"))], varies: false));

    [Fact]
    public void HypertextIsComparedByItsWordsWithoutMarkup()
    {
        var stored = Result(("text/html", "<style>p{width:3px}</style><p class='a'>8 &lt;tokens&gt;</p>"));
        Assert.Null(
            OutputDifference.Between([stored], [Result(("text/html", "<div style='width:9px'>8 &lt;tokens&gt;</div>"))], varies: false));
        Assert.Contains("text/html", OutputDifference.Between([stored], [Result(("text/html", "<p>7 &lt;tokens&gt;</p>"))], varies: false),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AClaimRecordMustMatchInAnyOrderOfKeys()
    {
        const string mime = ClaimRecord.MimeType;
        var stored = Result((mime, new JsonObject { ["id"] = "kv", ["value"] = 12.0, ["text"] = "12 bytes" }));
        Assert.Null(OutputDifference.Between(
            [stored], [Result((mime, new JsonObject { ["text"] = "12 bytes", ["value"] = 12.0, ["id"] = "kv" }))], varies: false));
        Assert.NotNull(OutputDifference.Between(
            [stored], [Result((mime, new JsonObject { ["id"] = "kv", ["value"] = 12.0, ["text"] = "13 bytes" }))], varies: false));
    }
}
