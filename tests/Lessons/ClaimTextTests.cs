namespace LlmRabbitHoles.Lessons.Tests;

public sealed class ClaimTextTests
{
    private static readonly ClaimRecord[] Claims =
    [
        new("kv-bytes", "kv-bytes", 3072, "bytes", 1, 4096, "cpu", "3072 bytes"),
        new("factor", "factor", 37, "x", 1, 100, "cpu", "37×"),
    ];

    [Fact]
    public void APlaceholderShowsValueAndUnit() =>
        Assert.Equal(
            "A token takes 3072 bytes, **37×** less.", ClaimText.Render("A token takes {{kv-bytes}}, **{{factor}}** less.", Claims));

    [Theory]
    [InlineData("`{{factor}}` is code")]
    [InlineData("``a ` {{factor}}``")]
    [InlineData("```jinja\n{{factor}}\n```\n")]
    [InlineData("$x_{{factor}}$")]
    [InlineData("$$\n\\frac{{factor}}{2}\n$$")]
    [InlineData("{{ factor }} and {{Factor}} and {{}}")]
    [InlineData("{{no-such-claim}}")]
    public void TextWithoutAPlaceholderStaysUnchanged(string markdown) => Assert.Equal(markdown, ClaimText.Render(markdown, Claims));

    [Fact]
    public void APlaceholderBehindCodeIsFound() =>
        Assert.Equal("`a` 37× `b`", ClaimText.Render("`a` {{factor}} `b`", Claims));

    [Fact]
    public void PlaceholdersAreFoundWithTheirLines() =>
        Assert.Equal([("kv-bytes", 1), ("lost", 3)], ClaimText.Placeholders("{{kv-bytes}}\n`{{factor}}`\nso {{lost}}"));
}
