using System.Text;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Text.Tests;

public class StrictJsonTests
{
    [Theory]
    [InlineData("{\"a\": \"\\ud83d\"}", 1, 7, "half of a character")]
    [InlineData("{\"\\udc00\": 1}", 1, 2, "half of a character")]
    [InlineData("[1,\n \"\\ud83d\\u0041\"]", 2, 2, "half of a character")]
    [InlineData("{\"a\": 1,\n\"b\": {\"c\": 1},\n  \"a\": 2}", 3, 3, "the name 'a' stands twice")]
    [InlineData("{\"a\": {\"b\": 1, \"\\u0062\": 2}}", 1, 16, "the name 'b' stands twice")]
    [InlineData("[1e999]", 1, 2, "the number is too large")]
    [InlineData("[-1e309]", 1, 2, "the number is too large")]
    [InlineData("[NaN]", 1, 2, "'N' is an invalid start of a value")]
    [InlineData("[1,]", 1, 4, "trailing comma")]
    [InlineData("{\n\"a\"", 2, 4, "")]
    [InlineData("", 1, 1, "")]
    [InlineData("1 2", 1, 3, "")]
    public void SurprisingJsonIsRefusedWithItsPlace(string json, long line, long @byte, string reason)
    {
        var refused = Assert.Throws<JsonFileException>(() => StrictJson.Parse(Encoding.UTF8.GetBytes(json), "some.json"));
        Assert.Equal((line, @byte), (refused.Line, refused.Byte));
        Assert.StartsWith(
            $"'some.json' is not valid JSON at line {line}, byte {@byte} of the line: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.Throws<JsonFileException>(() => StrictJson.ParseNode(Encoding.UTF8.GetBytes(json), "some.json"));
    }

    [Fact]
    public void BytesThatAreNotUtf8AreRefusedWithTheirPlace()
    {
        var refused =
            Assert.Throws<JsonFileException>(() => StrictJson.Parse("[\n \"a"u8.ToArray().Append((byte)0xFF).ToArray(), "some.json"));
        Assert.Equal((2L, 4L), (refused.Line, refused.Byte));
        Assert.Contains("not UTF-8", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooDeepNestingIsRefused() => Assert.Contains("depth", Assert.Throws<JsonFileException>(
        () => StrictJson.Parse(Encoding.UTF8.GetBytes(new string('[', 100_000)), "some.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void ALongNameIsShortened()
    {
        var name = new string('x', 1_000_000);
        Assert.InRange(Assert.Throws<JsonFileException>(
            () => StrictJson.Parse(Encoding.UTF8.GetBytes($"{{\"{name}\": 1, \"{name}\": 2}}"), name)).Message.Length, 100, 1_000);
    }

    [Fact]
    public void WholeCharactersAndAByteOrderMarkPass()
    {
        using var read =
            StrictJson.Parse("\uFEFF{\"a\": \"\\ud83d\\ude00é\", \"b\": [1e308, -0.5], \"c\": {\"a\": null}}"u8.ToArray(), "some.json");
        Assert.Equal("😀é", read.RootElement.GetProperty("a").GetString());
    }
}
