namespace LlmRabbitHoles.Alice.Tests;

public class WordingsTests
{
    [Fact]
    public void SlotsArticlesChoicesAndRulesAreExpanded()
    {
        var wordings = Wordings.Parse(["greeting", "  Hi, {a animal}! <end>", "end", "  {Animal} [runs|runs]."]);
        Assert.Equal("Hi, an owl! Owl runs.", wordings.Expand("greeting", new Slots { ["animal"] = "owl" }, new Random(1)));
    }

    [Fact]
    public void AWeightMakesAnAlternativeAsManyTimesAsLikely()
    {
        var wordings = Wordings.Parse(["rule", "  9x often", "  rare"]);
        var random = new Random(1);
        var often = Enumerable.Range(0, 1000).Count(_ => wordings.Expand("rule", [], random) == "often");
        Assert.InRange(often, 850, 950);
    }

    [Fact]
    public void AMissingRuleIsNamed() =>
        Assert.Contains(
            "'nobody'", Assert.Throws<InvalidDataException>(() => Wordings.Parse(["rule", "  <nobody>"])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void AMissingSlotIsNamedWithItsLine()
    {
        var error =
            Assert.Throws<InvalidDataException>(() => Wordings.Parse(["rule", "  {who}"], "people.txt").Expand("rule", [], new Random(1)));
        Assert.Contains("people.txt:2", error.Message, StringComparison.Ordinal);
        Assert.Contains("'who'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnclosedChoiceIsRefused() =>
        Assert.Contains(
            "never closed", Assert.Throws<InvalidDataException>(() => Wordings.Parse(["rule", "  [a|b"])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void ARowOfTheWrongLengthIsRefusedWithItsLine() => Assert.Contains(
        "countries.csv:2",
        Assert.Throws<InvalidDataException>(() => World.ReadTable(["country,capital", "France"], "countries.csv")).Message,
        StringComparison.Ordinal);
}
