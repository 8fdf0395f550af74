using System.Xml.Linq;
using LlmRabbitHoles.Notebooks.Tiers;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class MachineDrawingTests
{
    private static readonly Curriculum Series = Curriculum.Load(Repository.Root);

    private static string[] LitIn(string svg) =>
        [.. XDocument.Parse(svg).Descendants().Where(element => (string?)element.Attribute("class") == "part lit").Select(TextOf)];

    private static string TextOf(XElement part) =>
        string.Join(' ', part.Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value));

    [Fact]
    public void OnlyThePartsOfTheHoleAreLit()
    {
        Assert.Equal(["cache keys and values kept"], LitIn(MachineDrawing.ToSvg(Series["kv-cache"])));
        Assert.Equal(["scores one for every token", "sampling one token is drawn"], LitIn(MachineDrawing.ToSvg(Series["final-vector"])));
        Assert.Equal(MachinePart.All.Count, LitIn(MachineDrawing.ToSvg(Series.Root)).Length);
    }

    [Fact]
    public void APartLeadsWhereTheCallerSays()
    {
        var svg = MachineDrawing.ToSvg([MachinePart.Tokens], part => part == MachinePart.Tokens ? "tokens.html?a&b" : null);
        var link = Assert.Single(XDocument.Parse(svg).Descendants(), element => element.Name.LocalName == "a");
        Assert.Equal("tokens.html?a&b", (string?)link.Attribute("href"));
    }

    [Fact]
    public void EveryHoleHasAPart() => Assert.All(Series.Holes, hole => Assert.NotEmpty(hole.Parts));

    [Fact]
    public void TheCommittedDrawingsAreThoseOfTheTiers()
    {
        var found = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "drawings")).FullName;
        var written = Series.Holes.Where(hole => hole.Notebook is not null).ToList();
        foreach (var hole in written)
            File.WriteAllText(Path.Combine(found, $"{hole.Id}.svg"), MachineDrawing.ToSvg(hole));
        Assert.All(written, hole =>
        {
            var committed = Path.Combine(Repository.Root, "tiers", "drawings", $"{hole.Id}.svg");
            Assert.True(File.Exists(committed) && File.ReadAllText(committed) == MachineDrawing.ToSvg(hole),
                $"'{committed}' is not what the tiers give. Copy them all: cp {found}/*.svg tiers/drawings/");
        });
    }
}
