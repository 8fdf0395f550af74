using System.Net;
using System.Text.RegularExpressions;
using LlmRabbitHoles.Notebooks.Tiers;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Book.Tests;

/// <summary>The pages as files.</summary>
[Collection(SharedBooks.Name)]
public sealed partial class PagesTests(OpenBook book)
{
    [Fact]
    public void TheCheatSheetExplainsEveryName()
    {
        var page = File.ReadAllText(Path.Combine(book.Series, "vocabulary.html"));
        Assert.Contains("<code>alice.Row(token)</code></dt><dd>The row of the embedding table that belongs to a token.</dd>", page,
            StringComparison.Ordinal);
        Assert.Contains("a later cell shows it with Reveal.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<dd></dd>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryLinkLeadsToAPageAndAPlaceOfTheBook()
    {
        var links = book.Pages.SelectMany(page => Links().Matches(File.ReadAllText(page)).Select(
            link => (Page: page, Address: WebUtility.HtmlDecode(link.Groups["address"].Value)))).ToList();
        Assert.True(links.Count > 100);
        Assert.DoesNotContain(links, link => !Uri.TryCreate(link.Address, UriKind.Absolute, out _) && !Leads(link.Page, link.Address));
    }

    [Fact]
    public void PagesLoadNothingFromTheNetwork() =>
        Assert.Empty(book.Pages.SelectMany(page => Remote().Matches(File.ReadAllText(page)).Select(match => $"{page}: {match.Value}")));

    [Fact]
    public void TheStylesNameOnlyFilesThatAreThere() => Assert.Empty(
        from style in Directory.EnumerateFiles(book.Series, "*.css", SearchOption.AllDirectories)
        from address in Addresses().Matches(File.ReadAllText(style)).Select(match => match.Groups["address"].Value)
        where !File.Exists(Path.Combine(Path.GetDirectoryName(style)!, address))
        select $"{style}: {address}");

    [Fact]
    public void EveryWrittenHoleHasAPageAndNoPlannedOneHas()
    {
        var curriculum = Curriculum.Load(Repository.Root);
        Assert.All(
            curriculum.Holes, hole => Assert.Equal(hole.Notebook is not null, File.Exists(Path.Combine(book.Series, hole.Id + ".html"))));
    }

    [Fact]
    public void EveryTermOfAWrittenHoleLeadsToThePlaceThatExplainsIt()
    {
        var curriculum = Curriculum.Load(Repository.Root);
        var glossary = File.ReadAllText(Path.Combine(book.Series, "glossary.html"));
        foreach (var term in Glossary.Load(Repository.Root, curriculum).Terms.Where(term => curriculum[term.Hole].Notebook is not null))
            Assert.Matches($"<dt>{Regex.Escape(WebUtility.HtmlEncode(term.Term))}[^§]*?href=\"{term.Hole}\\.html#", glossary);
    }

    [Fact]
    public void ANumberInTheTextLeadsToTheCellThatComputedIt()
    {
        Assert.Contains("<a class=\"claim\" href=\"#c1\" title=\"Computed by cell 1\">3072 bytes</a>", Sample("root"));
    }

    [Fact]
    public void ASolutionIsBehindAFold()
    {
        Assert.Matches("id=\"c3\"><details class=\"solution\"><summary>[^<]+</summary>.*?solution", Sample("root"));
        Assert.DoesNotContain("id=\"c2\"><details", Sample("root"));
    }

    [Fact]
    public void ACellOfClaimsIsBehindAFoldWithItsOutputs()
    {
        Assert.Matches("id=\"c1\"><details class=\"check\"><summary>[^<]+</summary>.*?bytes-per-token.*?3072 bytes.*?</details></div>",
            Sample("root"));
    }

    [Fact]
    public void TheDrawingOfTheMachineLeadsFromAPartToTheFirstHoleAboutIt()
    {
        var page = File.ReadAllText(Path.Combine(book.Series, "message.html"));
        Assert.Contains("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"machine\"", page);
        Assert.Matches("<a href=\"tokens.html\"><g class=\"part lit\"><rect[^>]*/><text[^>]*>tokens</text>", page);
        Assert.Matches("<a href=\"vectors.html\"><g class=\"part lit\"><rect[^>]*/><text[^>]*>vectors</text>", page);
    }

    [Fact]
    public void TextIsEscaped()
    {
        Assert.Contains("a &lt;b&gt; line", Sample("root"));
        Assert.Contains("<h1>Charts &amp; &lt;tags&gt;</h1>", Sample("charts"));
    }

    [Fact]
    public void TwoHeadingsOfOneNameAreTwoPlaces()
    {
        Assert.Contains("<h2 id=\"lines\">", Sample("charts"));
        Assert.Contains("<h2 id=\"lines-2\">", Sample("charts"));
    }

    [Fact]
    public void AWordIsExplainedInItsHoleAndLinkedFromOthers()
    {
        Assert.Contains("<dfn id=\"term-softmax\"><em>softmax</em></dfn>", Sample("charts"));
        Assert.Contains("<a class=\"term\" href=\"glossary.html#softmax\" title=\"Scores made into probabilities.\"><em>softmax</em></a>",
            Sample("root"));
    }

    [Fact]
    public void AFileThatIsNotInTheBookIsNamedAndNotLinked() => Assert.Contains("<code>LICENSE</code>", Sample("root"));

    private static bool Leads(string page, string address)
    {
        var parts = address.Split('#', 2);
        var file = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0]));
        return File.Exists(file) && (parts.Length == 1
            || File.ReadAllText(file).Contains($" id=\"{Uri.UnescapeDataString(parts[1])}\"", StringComparison.Ordinal));
    }

    private string Sample(string page) => File.ReadAllText(Path.Combine(book.Sample, page + ".html"));

    [GeneratedRegex("<(a|link|script|img)\\s[^>]*?(href|src)=\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Links();

    [GeneratedRegex("<(link|script|img|iframe)\\s[^>]*?(href|src)=\"(https?:)?//[^\"]+\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Remote();

    [GeneratedRegex("url\\(\"?(?<address>[^)\":]+)\"?\\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Addresses();
}
