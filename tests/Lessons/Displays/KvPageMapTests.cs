using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons.Tests;

public class KvPageMapTests
{
    // 10 tokens fill pages of 4 as 4 + 4 + 2; 7 tokens as 4 + 3. Page 0 holds the common first four.
    private static KvPageMap Chats =>
        new KvPageMap("Two chats share a prefix", pageSize: 4, pages: 6).Sequence("chat A", 10, 0, 1, 2).Sequence("chat B", 7, 0, 3);

    [Fact]
    public void ThePlainTextListsBlockTablesAndWhatIsFree() => Assert.Equal(
        """
        Two chats share a prefix
        sequence  tokens  pages   empty slots
        ────────  ──────  ──────  ───────────
        chat A        10  0* 1 2            2
        chat B         7  0* 3              1
        6 pages of 4 tokens: 4 in use (1 shared, marked *), 2 free.
        """, Chats.ToText(), ignoreLineEndingDifferences: true);

    [Fact]
    public void ASharedPageHasAStripeForEachOwner() => Assert.Equal(
        ["page 0: 4 of 4 tokens, chat A", "page 0: 4 of 4 tokens, chat B"],
        Hovers().Where(text => text.StartsWith("page 0:", StringComparison.Ordinal)));

    [Fact]
    public void APageShowsHowFullItIs() => Assert.Contains("page 2: 2 of 4 tokens, chat A", Hovers());

    [Fact]
    public void APageOutsideOfThePoolIsRefused() => Assert.StartsWith(
        "The sequence 'chat C' names page 6; the pool has pages 0 to 5.",
        Assert.Throws<ArgumentException>(() => Chats.Sequence("chat C", 2, 6)).Message);

    [Fact]
    public void ANegativePageIsRefused() => Assert.StartsWith(
        "The sequence 'chat C' names page -1;", Assert.Throws<ArgumentException>(() => Chats.Sequence("chat C", 2, -1)).Message);

    [Fact]
    public void TokensThatDoNotFitTheirPagesAreRefused() => Assert.StartsWith(
        "The sequence 'chat C' has 9 tokens in 2 pages of 4; it needs 3.",
        Assert.Throws<ArgumentException>(() => Chats.Sequence("chat C", 9, 4, 5)).Message);

    [Fact]
    public void APageTwiceInOneSequenceIsRefused() => Assert.StartsWith(
        "The sequence 'chat C' names a page twice (4, 4)",
        Assert.Throws<ArgumentException>(() => Chats.Sequence("chat C", 8, 4, 4)).Message);

    [Fact]
    public void AnEmptyPoolCanBeDrawn() =>
        Assert.Contains("2 free", XDocument.Parse(new KvPageMap("Nothing yet", 16, 2).ToSvg()).Root!.Value);

    private static IEnumerable<string> Hovers() =>
        XDocument.Parse(Chats.ToSvg()).Descendants().Where(shape => shape.Name.LocalName == "rect")
            .SelectMany(shape => shape.Elements()).Select(title => title.Value);
}
