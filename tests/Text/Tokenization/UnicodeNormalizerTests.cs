using LlmRabbitHoles.Tokenization.Normalization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>Expected texts: Unicode Standard Annex 15, figures 3 to 6 and table 10, and Python's unicodedata.</summary>
public class UnicodeNormalizerTests
{
    [Theory]
    [InlineData("\u212B", "A\u030A", "\u00C5", "A\u030A", "\u00C5")]
    [InlineData("\u1E9B\u0323", "\u017F\u0323\u0307", "\u1E9B\u0323", "s\u0323\u0307", "\u1E69")]
    [InlineData("ﬁ", "ﬁ", "ﬁ", "fi", "fi")]
    [InlineData("각", "\u1100\u1161\u11A8", "각", "\u1100\u1161\u11A8", "각")]
    [InlineData("\u1100\u1161\u11A8", "\u1100\u1161\u11A8", "각", "\u1100\u1161\u11A8", "각")]
    [InlineData("d\u0307\u0323", "d\u0323\u0307", "\u1E0D\u0307", "d\u0323\u0307", "\u1E0D\u0307")]
    [InlineData("\u0958", "\u0915\u093C", "\u0915\u093C", "\u0915\u093C", "\u0915\u093C")]
    [InlineData("\U0001D15E", "\U0001D157\U0001D165", "\U0001D157\U0001D165", "\U0001D157\U0001D165", "\U0001D157\U0001D165")]
    [InlineData("\u1FED", "\u00A8\u0300", "\u1FED", " \u0308\u0300", " \u0308\u0300")]
    [InlineData("plain ASCII", "plain ASCII", "plain ASCII", "plain ASCII", "plain ASCII")]
    [InlineData("①Ａ\u00A0", "①Ａ\u00A0", "①Ａ\u00A0", "1A ", "1A ")]
    public void TextTakesEachNormalForm(string text, string nfd, string nfc, string nfkd, string nfkc)
    {
        Assert.Equal(nfd, new UnicodeNormalizer(compose: false, compatibility: false).Normalize(text));
        Assert.Equal(nfc, new UnicodeNormalizer(compose: true, compatibility: false).Normalize(text));
        Assert.Equal(nfkd, new UnicodeNormalizer(compose: false, compatibility: true).Normalize(text));
        Assert.Equal(nfkc, new UnicodeNormalizer(compose: true, compatibility: true).Normalize(text));
    }

    [Fact]
    public void NormalTextIsReturnedAsItIs()
    {
        const string Text = "Größe, naïve, 日本語, Ελλάδα";
        Assert.Same(Text, new UnicodeNormalizer(compose: true, compatibility: false).Normalize(Text));
    }

    [Fact]
    public void NormalizingTwiceChangesNothingMore()
    {
        var all = string.Concat(Enumerable.Range(0, 0x30000).Where(point => point is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32));
        foreach (var (compose, compatibility) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            var normalizer = new UnicodeNormalizer(compose, compatibility);
            var once = normalizer.Normalize(all);
            Assert.Equal(once, normalizer.Normalize(once));
        }
    }
}
