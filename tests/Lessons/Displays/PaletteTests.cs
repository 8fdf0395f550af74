using System.Globalization;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons.Tests;

public class PaletteTests
{
    [Fact]
    public void EverySeriesColourStandsOutFromLightAndDarkPages()
    {
        foreach (var colour in Palette.Series)
        {
            Assert.True(Contrast(colour, Palette.LightPaper) >= 3, $"{colour} on light: {Contrast(colour, Palette.LightPaper):0.00}");
            Assert.True(Contrast(colour, Palette.DarkPaper) >= 3, $"{colour} on dark: {Contrast(colour, Palette.DarkPaper):0.00}");
        }
    }

    [Theory]
    [InlineData(Palette.LightInk, Palette.LightPaper)]
    [InlineData(Palette.DarkInk, Palette.DarkPaper)]
    public void FaintTextIsStillReadable(string ink, string paper) => Assert.True(Contrast(Mix(ink, paper, 0.8), paper) >= 4.5);

    [Fact]
    public void NoTwoSeriesShareColourAndDash() =>
        Assert.Equal(Palette.Series.Count,
            Enumerable.Range(0, Palette.Series.Count).Select(i => (Palette.Colour(i), Palette.Dash(i))).Distinct().Count());

    [Theory]
    [InlineData("#ffffff", "#000000", 21)]
    [InlineData("#777777", "#777777", 1)]
    public void ContrastIsThatOfTheGuidelines(string first, string second, double expected) =>
        Assert.Equal(expected, Contrast(first, second), 6);

    // WCAG 2.2, "relative luminance" and "contrast ratio".
    private static double Contrast(string first, string second)
    {
        double[] sorted = [.. new[] { Luminance(first), Luminance(second) }.Order()];
        return (sorted[1] + 0.05) / (sorted[0] + 0.05);
    }

    private static double Luminance(string colour) => Channels(colour)
        .Select(channel => channel / 255)
        .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))
        .Zip([0.2126, 0.7152, 0.0722], (light, weight) => light * weight).Sum();

    private static string Mix(string ink, string paper, double opacity) =>
        "#" + string.Concat(
            Channels(ink).Zip(Channels(paper), (a, b) => ((int)Math.Round((a * opacity) + (b * (1 - opacity)))).ToString("x2")));

    private static IEnumerable<double> Channels(string colour) =>
        Enumerable.Range(0, 3).Select(i => (double)int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber));
}
