using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons.Tests;

public class TensorViewTests
{
    [Fact]
    public void ThePlainTextSaysWhatTheTensorIs() => Assert.Equal(
        """
        x [4]
        Float32 on cpu · 4 values · 1 to 4, mean 2.5, deviation 1.118
        1  2  3  4
        """, TensorView.Of(new float[] { 1, 2, 3, 4 }, "x").ToText(), ignoreLineEndingDifferences: true);

    [Fact]
    public void LongAxesAreElided()
    {
        var text = TensorView.Of(Matrix.Map(new int[100, 100], _ => 7), "sevens").ToText();
        Assert.Contains("7  7  7  7  …  7  7  7  7", text);
        Assert.Equal(2 + 3 + 1 + 3, text.Split('\n').Length);
    }

    [Fact]
    public void ValuesThatAreNotFiniteAreCounted() =>
        Assert.Contains("1 to 2, mean 1.5, deviation 0.5, 2 not finite",
            TensorView.Of([1, double.NaN, 2, double.PositiveInfinity]).ToText());

    [Fact]
    public void AnEmptyTensorShowsItsShape() => Assert.Contains("[0]", TensorView.Of(Array.Empty<float>()).ToText());

    [Fact]
    public void ATensorOfManyAxesShowsItsFirstMatrix()
    {
        var facts = TensorFacts.Of("t", [2, 2, 2], "Float32", "cpu", [1, 2, 3, 4, 5, 6, 7, 8]);
        Assert.Equal("Values of [0, :, :], the first of 2 matrices.", facts.SliceNote);
        Assert.Equal(["1 2", "3 4"], facts.CornerRows().Select(row => string.Join(' ', row)));
    }

    [Fact]
    public void ASingleNumberIsATensorWithoutAxes() =>
        Assert.Equal("Int64 on cpu · one number · 7 to 7, mean 7, deviation 0", TensorFacts.Of("", [], "Int64", "cpu", [7]).Summary);

    [Fact]
    public void TheHtmlIsWellFormedAndEscaped()
    {
        var html = TensorView.Of([1.0, 2], "<w>").ToHtml();
        XDocument.Parse(html);
        Assert.Contains("&lt;w&gt;", html);
    }
}
