using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Lessons.Tests;

public class MergeStepsTests
{
    [Fact]
    public void TheMergedPieceIsMarked() => Assert.Equal(
        """
        0  l o w e r
        1  [lo] w e r
        2  [low] e r
        3  low [er]
        """, MergeSteps.Of([["l", "o", "w", "e", "r"], ["lo", "w", "e", "r"], ["low", "e", "r"], ["low", "er"]]).ToText(),
        ignoreLineEndingDifferences: true);

    [Fact]
    public void BytesThatBecomeACharacterAreOneMerge() =>
        Assert.Contains("1  [é]", MergeSteps.Of([["<0xC3>", "<0xA9>"], ["é"]]).ToText());

    [Fact]
    public void ATraceSaysWhichRuleWasApplied()
    {
        var trace = new MergeTrace(" lo", [" ", "l", "o"], [new MergeStep(new Merge(12, 75, 78, 300), "l", "o", [" ", "lo"])], [220, 300]);
        Assert.Contains("1  · [lo]  l + o, merge 12", MergeSteps.Of(trace).ToText());
    }

    [Fact]
    public void TheHtmlMarksTheMergedPiece()
    {
        var marked = XDocument.Parse(MergeSteps.Of([["<", "b"], ["<b"]]).ToHtml()).Descendants("code").Where(
            piece => piece.Attribute("class")!.Value == "g m");
        Assert.Equal("<b", Assert.Single(marked).Value);
    }

    [Fact]
    public void AnEmptyListOfMergesIsRefused() =>
        Assert.StartsWith("rows is empty", Assert.Throws<ArgumentException>(() => MergeSteps.Of(Array.Empty<string[]>())).Message);
}
