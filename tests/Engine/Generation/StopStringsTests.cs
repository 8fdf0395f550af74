using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Engine.Tests;

public class StopStringsTests
{
    [Theory]
    [InlineData(new[] { "one ST", "OP two" }, "one ", true)]            // across a border
    [InlineData(new[] { "one S", "T", "OP" }, "one ", true)]
    [InlineData(new[] { "one STO", "RM" }, "one STORM", false)]         // a beginning that came to nothing
    [InlineData(new[] { "SSTOP" }, "S", true)]
    [InlineData(new[] { "ST" }, "ST", false)]                           // held back, then given up at the end
    [InlineData(new[] { "" }, "", false)]
    public void TextEndsBeforeTheStopString(string[] pieces, string expected, bool reached)
    {
        var stops = new StopStrings(["STOP"]);

        var text = string.Concat(pieces.Select(stops.Add));
        if (!stops.Reached) text += stops.Flush();

        Assert.Equal(expected, text);
        Assert.Equal(reached, stops.Reached);
    }

    [Fact]
    public void TheFirstOfSeveralStopsWins()
    {
        var stops = new StopStrings(["later", "ear"]);

        Assert.Equal("h", stops.Add("hear later"));
    }

    [Fact]
    public void OnlyAPossibleStopStringIsHeldBack()
    {
        var stops = new StopStrings(["\n\nQ:"]);

        Assert.Equal("a line", stops.Add("a line\n"));
        Assert.Equal("\nnext", stops.Add("next"));
    }
}
