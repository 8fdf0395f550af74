using LlmRabbitHoles.Notebooks.Tiers;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class CurriculumTests
{
    private static readonly Curriculum Series = Curriculum.Load(Repository.Root);

    private static string RefusalOf(params string[] holes)
    {
        using var folder = new ScratchFolder();
        folder.Write("tiers/tier1.json", $$"""{"tier":1,"holes":[{{string.Join(',', holes)}}]}""");
        folder.Write("tiers/tier0.json",
            """{"tier":0,"holes":[{"id":"root","title":"R","question":"?","notebook":"planned","parent":null,"prerequisites":[]}]}""");
        return Assert.Throws<CurriculumException>(() => Curriculum.Load(folder.Path)).Message;
    }

    private static string Hole(string id, string parent = "root", string prerequisites = "") =>
        $$"""{"id":"{{id}}","title":"T","question":"?","notebook":"planned","parent":"{{parent}}","prerequisites":[{{prerequisites}}]}""";

    [Fact]
    public void TheSeriesHasItsRootAndThirtyOneHoles()
    {
        Assert.Equal(
            [(0, 1), (1, 7), (2, 11), (3, 11), (4, 2)], Series.Holes.CountBy(hole => hole.Tier).Select(count => (count.Key, count.Value)));
        Assert.Equal("What happens when you send a message", Series.Root.Title);
        Assert.Equal(7, Series.ChildrenOf(Series.Root).Count());
    }

    [Theory]
    [InlineData("message", "0")]
    [InlineData("vectors", "1.1")]
    [InlineData("embeddings", "1.3")]
    [InlineData("prefill-vs-decode", "1.4")]
    public void AHoleIsNumberedByTierAndPlace(string id, string number) => Assert.Equal(number, Series.NumberOf(Series[id]));

    [Fact]
    public void EveryParentIsOneTierUp() =>
        Assert.All(Series.Holes.Where(hole => hole.Parent is not null), hole => Assert.Equal(hole.Tier - 1, Series[hole.Parent!].Tier));

    [Fact]
    public void EveryTitleAndQuestionIsUnique()
    {
        Assert.Equal(Series.Holes.Count, Series.Holes.Select(hole => hole.Title).Distinct().Count());
        Assert.Equal(Series.Holes.Count, Series.Holes.Select(hole => hole.Question).Distinct().Count());
        Assert.All(Series.Holes, hole => Assert.EndsWith("?", hole.Question, StringComparison.Ordinal));
    }

    [Fact]
    public void TheCurriculumListsExactlyTheNotebooksThatExist() =>
        Assert.Equal(SeriesNotebooks.Paths, Series.Holes.Select(hole => hole.Notebook).OfType<string>().Order(StringComparer.Ordinal));

    [Fact]
    public void ANotebookLiesInTheFolderOfItsTier() => Assert.All(
        Series.Holes.Where(hole => hole.Notebook is not null),
        hole =>
            Assert.StartsWith(hole.Tier == 0 ? "notebooks/00-" : $"notebooks/tier{hole.Tier}/", hole.Notebook, StringComparison.Ordinal));

    [Fact]
    public void ABrokenCurriculumIsRefusedWithItsReason()
    {
        Assert.StartsWith("The id 'a' is used twice", RefusalOf(Hole("a"), Hole("a")), StringComparison.Ordinal);
        Assert.StartsWith("'a' depends on 'lost'", RefusalOf(Hole("a", parent: "lost")), StringComparison.Ordinal);
        Assert.StartsWith("'a' depends on 'lost'", RefusalOf(Hole("a", prerequisites: "\"lost\"")), StringComparison.Ordinal);
        Assert.StartsWith("'b' of tier 1 has the parent 'a' of tier 1",
            RefusalOf(Hole("a"), Hole("b", parent: "a")), StringComparison.Ordinal);
        Assert.Equal("The prerequisites go in a circle: a -> b -> a.",
            RefusalOf(Hole("a", prerequisites: "\"b\""), Hole("b", prerequisites: "\"a\"")));
        Assert.Contains("entry 1, has no text 'title'", RefusalOf("""{"id":"a"}"""), StringComparison.Ordinal);
        Assert.Contains("entry 1, is not a JSON object", RefusalOf("7"), StringComparison.Ordinal);
        Assert.Contains("entry 1, has no text 'id'", RefusalOf("""{"id":7}"""), StringComparison.Ordinal);
        Assert.Contains("tier1.json' is not valid JSON at line 1, byte 38 of the line: the text holds half of a character",
            RefusalOf("""{"id":"a","title":"\ud83d"}"""), StringComparison.Ordinal);
        Assert.Contains(
            "is not a text", RefusalOf(Hole("a").Replace("\"root\"", "[1]", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFolderIsNamed() =>
        Assert.StartsWith("There is no folder",
            Assert.Throws<CurriculumException>(() => Curriculum.Load(Path.GetTempPath())).Message, StringComparison.Ordinal);
}
