using System.Text.RegularExpressions;
using LlmRabbitHoles.Tests;
using Microsoft.Playwright;

namespace LlmRabbitHoles.Book.Tests;

/// <summary>What readers do with the book's files in a browser.</summary>
[Collection(SharedBooks.Name)]
public sealed class ReadingTests(OpenBook book)
{
    private static readonly BrowserNewContextOptions Phone = new() { ViewportSize = new() { Width = 360, Height = 740 }, HasTouch = true };

    private string First => Path.Combine(book.Series, "index.html");

    private string Charts => Path.Combine(book.Sample, "charts.html");

    [Fact]
    public async Task TheMapShowsEveryHoleAndLeadsToThoseThatAreWritten()
    {
        await using var map = await book.OpenAsync(First);
        var curriculum = Notebooks.Tiers.Curriculum.Load(Repository.Root);
        Assert.Equal(curriculum.Holes.Select(hole => hole.Title).Order(),
            (await map.Page.Locator(".atlas .title").AllInnerTextsAsync()).Order());
        Assert.Equal(curriculum.Holes.Count(hole => hole.Notebook is null), await map.Page.Locator(".atlas .planned .badge").CountAsync());
        await map.ScreenshotAsync("map-light", whole: true);
        await map.Page.Locator(".atlas a", new() { HasText = "Embeddings" }).First.ClickAsync();
        await Assertions.Expect(map.Page.Locator("h1")).ToHaveTextAsync("Embeddings");
    }

    [Fact]
    public async Task APageMarksWhereItIsOnTheMap()
    {
        await using var page = await book.OpenAsync(Path.Combine(book.Series, "tokens.html"));
        await Assertions.Expect(page.Page.Locator(".sidebar [aria-current=page] .title")).ToHaveTextAsync("Tokens");
        await page.ScreenshotAsync("chapter-light");
    }

    [Fact]
    public async Task ChartsBecomeInteractive()
    {
        await using var page = await book.OpenAsync(Charts, new() { ViewportSize = new() { Width = 1280, Height = 3000 } });
        await Assertions.Expect(page.Page.Locator(".live[data-drawn]")).ToHaveCountAsync(5);
        Assert.Equal(0, await page.Page.Locator(".chart .still:visible").CountAsync());
        // Pointing at a bar shows its value, which the drawing does not show.
        await page.Page.Locator(".chart").Nth(1).Locator(".nsewdrag").HoverAsync(new() { Position = new() { X = 120, Y = 250 } });
        await Assertions.Expect(page.Page.Locator(".chart").Nth(1).Locator(".hoverlayer .hovertext").First).ToBeVisibleAsync();
        await page.ScreenshotAsync("charts-light", whole: true);
    }

    [Fact]
    public async Task ChartsTakeTheColoursOfThePage()
    {
        await using var page = await book.OpenAsync(Charts, new() { ViewportSize = new() { Width = 1280, Height = 3000 } });
        await Assertions.Expect(page.Page.Locator(".live[data-drawn]")).ToHaveCountAsync(5);
        var title = page.Page.Locator(".chart .xtitle").First;
        var before = await title.EvaluateAsync<string>("text => getComputedStyle(text).fill");
        await page.Page.Locator(".theme-button").ClickAsync();
        await Assertions.Expect(title).Not.ToHaveCSSAsync("fill", before);
        await page.ScreenshotAsync("charts-dark", whole: true);
    }

    [Fact]
    public async Task DrawingsFormulasAndColoursWorkWithoutScripts()
    {
        await using var page = await book.OpenAsync(Charts, new() { JavaScriptEnabled = false });
        Assert.Equal(5, await page.Page.Locator(".chart .still svg:visible").CountAsync());
        await page.Page.GotoAsync(new Uri(Path.Combine(book.Sample, "root.html")).AbsoluteUri);
        Assert.Equal(1, await page.Page.Locator(".katex-display math").CountAsync());
        Assert.Equal("var", await page.Page.Locator("#c2 .hljs-keyword").First.InnerTextAsync());
    }

    [Fact]
    public async Task SearchFindsAWordAndGoesToItsSection()
    {
        await using var page = await book.OpenAsync(Path.Combine(book.Sample, "charts.html"));
        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("zyzzy");
        await Assertions.Expect(page.Page.Locator(".search-note")).ToHaveTextAsync("One place.");
        await page.ScreenshotAsync("search-light");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex("/root\\.html#what-it-costs$"));
        await Assertions.Expect(page.Page.Locator("#what-it-costs")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task ASearchWithoutResultsSaysSo()
    {
        await using var page = await book.OpenAsync(First);
        await page.Page.Locator(".search-button").ClickAsync();
        await page.Page.Locator("#search-text").FillAsync("qqqq");
        await Assertions.Expect(page.Page.Locator(".search-note")).ToHaveTextAsync("Nothing found.");
    }

    [Fact]
    public async Task AMistypedWordFindsTheNearestAndOneEscapeEndsTheSearch()
    {
        await using var page = await book.OpenAsync(First);
        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("temprature");
        await Assertions.Expect(page.Page.Locator(".search-note")).ToContainTextAsync("Shown for “temperature”.");
        await Assertions.Expect(page.Page.Locator("#search-results li").First).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Page.Locator("dialog.search")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task KeysLeadToTheNextChapterAndBack()
    {
        await using var page = await book.OpenAsync(Path.Combine(book.Series, "tokens.html"));
        await page.Page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex("/embeddings\\.html$"));
        await page.Page.Keyboard.PressAsync("p");
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex("/tokens\\.html$"));
    }

    [Fact]
    public async Task CodeCanBeHiddenAndStaysHiddenOnTheNextPage()
    {
        await using var page = await book.OpenAsync(Path.Combine(book.Series, "tokens.html"));
        await Assertions.Expect(page.Page.Locator(".reading")).ToContainTextAsync("minutes");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Hide the code" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".cell > .source").First).ToBeHiddenAsync();
        await page.Page.GotoAsync(new Uri(Path.Combine(book.Series, "vectors.html")).AbsoluteUri);
        await Assertions.Expect(page.Page.Locator(".cell > .source").First).ToBeHiddenAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Show the code" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".cell > .source").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task AMarkIsPrintedAsItIs()
    {
        await using var page = await book.OpenAsync(Path.Combine(book.Series, "message.html"));
        var ligatures = await page.Page.Locator(".stream").First.EvaluateAsync<string>("box => getComputedStyle(box).fontVariantLigatures");
        Assert.Equal("none", ligatures);
    }

    [Fact]
    public async Task TheFirstTabReachesTheWayToTheText()
    {
        await using var page = await book.OpenAsync(Path.Combine(book.Series, "tokens.html"));
        await page.Page.Keyboard.PressAsync("Tab");
        var skip = page.Page.Locator(".skip");
        await Assertions.Expect(skip).ToBeFocusedAsync();
        await Assertions.Expect(skip).ToBeInViewportAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task TheFocusedElementIsOutlined()
    {
        await using var page = await book.OpenAsync(First);
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Page.Locator(".brand")).ToBeFocusedAsync();
        Assert.Equal("3px", await page.Page.Locator(".brand").EvaluateAsync<string>("link => getComputedStyle(link).outlineWidth"));
    }

    [Fact]
    public async Task TheChosenColoursStayFromPageToPage()
    {
        await using var page = await book.OpenAsync(First, new() { ColorScheme = ColorScheme.Light });
        await page.Page.Locator(".theme-button").ClickAsync();
        await page.ScreenshotAsync("map-dark", whole: true);
        await page.Page.Locator(".begin").ClickAsync();
        await Assertions.Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        Assert.Equal(
            "rgb(22, 20, 15)", await page.Page.Locator("body").EvaluateAsync<string>("body => getComputedStyle(body).backgroundColor"));
        await page.ScreenshotAsync("chapter-dark");
    }

    [Fact]
    public async Task TheMapIsBehindAButtonOnAPhone()
    {
        await using var page = await book.OpenAsync(Path.Combine(book.Series, "tokens.html"), Phone);
        await Assertions.Expect(page.Page.Locator(".sidebar")).ToBeHiddenAsync();
        await page.ScreenshotAsync("chapter-phone");
        await page.Page.Locator(".map-button").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".sidebar")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator(".map-button")).ToHaveAttributeAsync("aria-expanded", "true");
    }

    [Fact]
    public async Task TextAndDrawingsAppearOnPaper()
    {
        await using var page = await book.OpenAsync(Charts, new() { ViewportSize = new() { Width = 1280, Height = 3000 } });
        await Assertions.Expect(page.Page.Locator(".live[data-drawn]")).ToHaveCountAsync(5);
        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Page.Locator(".sidebar")).ToBeHiddenAsync();
        Assert.Equal(5, await page.Page.Locator(".chart .still:visible").CountAsync());
        Assert.Equal(0, await page.Page.Locator(".live:visible").CountAsync());
    }

    [Fact]
    public async Task NoPageOfAPhoneScrollsSideways()
    {
        foreach (var file in book.Pages)
        {
            await using var page = await book.OpenAsync(file, Phone);
            Assert.True(await page.OverhangAsync() <= 0, $"{file} is {await page.OverhangAsync()} pixels wider than a phone.");
            if (Path.GetFileName(file) == "charts.html")
                await page.ScreenshotAsync("charts-phone", whole: true);
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task NoPageHasSeriousBarriers(ColorScheme colours)
    {
        List<string> barriers = [];
        foreach (var file in book.Pages)
        {
            await using var page = await book.OpenAsync(file, new() { ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
            barriers.AddRange(await page.BarriersAsync());
        }

        BookPage.None(barriers);
    }

    [Fact]
    public async Task TheSearchHasNoSeriousBarriers()
    {
        await using var page = await book.OpenAsync(First);
        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("token");
        await Assertions.Expect(page.Page.Locator("#search-results li").First).ToBeVisibleAsync();
        BookPage.None(await page.BarriersAsync());
    }
}
