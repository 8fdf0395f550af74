using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons.Tests;

public class VectorPlotTests
{
    private static readonly VectorPlot Plot = VectorPlot.Of("Two words", ("king", 3, 4), ("queen", 1, 0)).Arrow("difference", 1, 0, 3, 4);

    [Fact]
    public void EveryArrowIsListedWithItsLength() => Assert.Equal(
        """
        Two words
        arrow       from    to      length
        ──────────  ──────  ──────  ──────
        king        (0, 0)  (3, 4)   5.000
        queen       (0, 0)  (1, 0)   1.000
        difference  (1, 0)  (3, 4)   4.472
        """, Plot.ToText(), ignoreLineEndingDifferences: true);

    // king (3, 4) against queen (1, 0): its tip lies three times as far right, and 4 units up for 3 across.
    [Fact]
    public void BothAxesHaveOneScale()
    {
        var tips = XDocument.Parse(Plot.ToSvg()).Descendants().Where(shape => shape.Name.LocalName == "path").Take(2)
            .Select(head => head.Attribute("d")!.Value[1..].Split('L')[0].Split(' ').Select(double.Parse).ToArray()).ToArray();
        var (acrossTwo, upFour) = (tips[0][0] - tips[1][0], tips[1][1] - tips[0][1]);
        Assert.Equal(2, upFour / acrossTwo, 1);
    }

    [Fact]
    public void EveryArrowIsNamedInThePicture() =>
        Assert.All(["king", "queen", "difference"], (string name) => Assert.Contains($">{name}<", Plot.ToSvg()));

    [Fact]
    public void AVectorOfLengthZeroIsADot() => XDocument.Parse(VectorPlot.Of("Zero", ("zero", 0, 0)).ToSvg());

    [Fact]
    public void AComponentThatIsNotFiniteIsRefused() =>
        Assert.StartsWith("The arrow 'a' has a component that is not finite",
            Assert.Throws<ArgumentException>(() => VectorPlot.Of("NaN", ("a", double.NaN, 0))).Message);

    [Fact]
    public void AnEmptyVectorPlotIsRefused() =>
        Assert.StartsWith("vectors is empty", Assert.Throws<ArgumentException>(() => VectorPlot.Of("None")).Message);
}
