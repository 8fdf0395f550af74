using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons.Tests;

public class TimelineTests
{
    private static readonly Timeline Answer = Timeline.Of(
        "One answer", prefillMs: 20, promptTokens: 9, decodeMs: [10.0, 10.0], pieces: [" Paris", "."]);

    [Fact]
    public void DecodeStepsFollowThePrefill() => Assert.Equal(
        $"""
        One answer
          what                            start ms  ms
          {Run('─', 20)}  {Run('─', 8)}  {Run('─', 8)}  {Run('─', 2)}  {Run('─', 40)}
          prefill               9 tokens         0  20  {Run('█', 20)}
          decode, a token each  ·Paris          20  10  {Run('·', 20)}{Run('█', 10)}
          decode, a token each  .               30  10  {Run('·', 30)}{Run('█', 10)}
        prefill: 20 ms, decode, a token each: 20 ms
        """, Answer.ToText(), ignoreLineEndingDifferences: true);

    private static string Run(char mark, int length) => new(mark, length);

    [Fact]
    public void ABoxIsAsLongAsItsDuration()
    {
        var boxes = XDocument.Parse(Answer.ToSvg()).Descendants().Where(
            shape => shape.Name.LocalName == "rect" && shape.Attribute("height")?.Value == "30")
            .Select(box => double.Parse(box.Attribute("width")!.Value) + 1).ToArray();
        Assert.Equal(3, boxes.Length);
        Assert.Equal(2, boxes[0] / boxes[1], 2);
    }

    [Fact]
    public void LanesKeepTheOrderOfTheirFirstBox()
    {
        var text = new Timeline("Two").Box("A", "prefill", 0, 5).Box("B", "prefill", 5, 5).Box("A", "decode", 5, 9).ToText();
        Assert.Contains("A     prefill", text);
        Assert.True(text.IndexOf("A  ", StringComparison.Ordinal) < text.IndexOf("B  ", StringComparison.Ordinal));
    }

    [Fact]
    public void ALongAnswerStaysSmall()
    {
        var timeline = Timeline.Of("Long", 100, 50, Enumerable.Repeat(8.0, 500));
        Assert.InRange(timeline.ToSvg().Length, 1, 64 * 1024);
        Assert.Contains("453 more rows", timeline.ToText());
    }

    [Fact]
    public void ADurationBelowZeroIsRefused() =>
        Assert.StartsWith("The box 'prefill' starts at 0 ms and takes -1 ms",
            Assert.Throws<ArgumentException>(() => new Timeline("Wrong").Box("", "prefill", 0, -1)).Message);

    [Fact]
    public void AnEmptyTimelineCanBeDrawn() => XDocument.Parse(new Timeline("Nothing yet").ToSvg());
}
