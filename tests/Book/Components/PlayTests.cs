using System.Text.Json;
using LlmRabbitHoles.Book.Tests.Live;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Tests;
using Microsoft.Playwright;

namespace LlmRabbitHoles.Book.Tests.Components;

/// <summary>What a reader does with the components of a page, by mouse and by keyboard.</summary>
[Collection(SharedBooks.Name)]
public sealed class PlayTests(OpenBook book)
{
    private static readonly BrowserNewContextOptions Desk = new() { ViewportSize = new() { Width = 1000, Height = 900 } };
    private static readonly BrowserNewContextOptions Phone = new() { ViewportSize = new() { Width = 390, Height = 844 } };

    [Fact]
    public async Task TheTokenBoxGivesTheEnginesTokensForOddTexts()
    {
        using var play = new PlayPage(book.Series);
        await using var page = await book.OpenAsync(play.File);
        string[] texts = [.. TokenizerTexts.WellFormed, .. LiveQuestions.Prompts, .. LiveQuestions.Chats];
        var found = await page.Page.Locator("token-box").EvaluateAsync<JsonElement>("(box, texts) => texts.map(t => box.encode(t))", texts);
        Assert.True(texts.Length > 200);
        Assert.All(texts.Zip(found.EnumerateArray()), pair => Assert.Equal(PlayPage.Alice.Ids(pair.First), Integers(pair.Second)));
    }

    [Fact]
    public async Task TheTokenBoxTakesTypedTextAndUndoesItsMerges()
    {
        using var play = new PlayPage(book.Series);
        await using var page = await book.OpenAsync(play.File);
        var box = page.Page.Locator("token-box");
        await box.Locator("textarea").FillAsync(" the cat");
        var ids = PlayPage.Alice.Ids(" the cat").Select(id => id.ToString());
        Assert.Equal(ids, await box.Locator(".chip small").AllInnerTextsAsync());
        await box.GetByRole(AriaRole.Button, new() { Name = "Single bytes" }).ClickAsync();
        await Assertions.Expect(box.Locator(".chip")).ToHaveCountAsync(8);
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(box.Locator(".chip")).ToHaveCountAsync(7);
        await Assertions.Expect(box.GetByRole(AriaRole.Status)).ToContainTextAsync("Merge 1 of");
        await box.GetByRole(AriaRole.Slider).PressAsync("ArrowLeft");
        await Assertions.Expect(box.Locator(".chip")).ToHaveCountAsync(8);
    }

    [Fact]
    public async Task TheAttentionViewerShowsAHeadAndSwitchesItOff()
    {
        using var play = new PlayPage(book.Series);
        await using var page = await book.OpenAsync(play.File);
        var viewer = page.Page.Locator("attention-viewer");
        await viewer.Locator(".map").Nth(2).ClickAsync();
        await Assertions.Expect(viewer.Locator("h4").First).ToContainTextAsync("layer 0, head 2");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(viewer.Locator("h4").First).ToContainTextAsync("layer 1, head 2");
        await page.Page.Keyboard.PressAsync("o");
        await Assertions.Expect(viewer.Locator(".pair h4").Nth(1)).ToHaveTextAsync("Without layer 1, head 2");
        var top = PlayPage.Alice.Without(1, 2).Next(PlayPage.Sentence).Top(1)[0].Token.Replace(' ', '·');
        await Assertions.Expect(viewer.GetByRole(AriaRole.List, new() { Name = "Next token without" }).Locator("code").First)
            .ToHaveTextAsync(top);
        await viewer.Locator(".token").Nth(1).HoverAsync();
        await Assertions.Expect(viewer.GetByRole(AriaRole.List, new() { Name = "What the token looks at" }).Locator("li"))
            .ToHaveCountAsync(2);
        // Two heads at once are computed by Alice in the page.
        await viewer.Locator(".map").Nth(0).FocusAsync();
        await page.Page.Keyboard.PressAsync("o");
        await Assertions.Expect(viewer.Locator(".pair h4").Nth(1)).ToHaveTextAsync("Without layer 1, head 2 and layer 0, head 0");
    }

    [Theory]
    [InlineData(0.7, 0, 1, 0, 0)]
    [InlineData(1, 40, 1, 0, 0)]
    [InlineData(1.5, 20, 0.8, 0, 0)]
    [InlineData(0.5, 0, 0.9, 0.05, 0)]
    [InlineData(1.2, 50, 0.95, 0.1, -3)]
    public async Task TheSamplerBenchLeavesWhatTheEngineLeaves(double temperature, int topK, double topP, double minP, double bias)
    {
        using var play = new PlayPage(book.Series);
        await using var page = await book.OpenAsync(play.File);
        var next = PlayPage.Alice.Next(PlayPage.Sentence);
        var rome = PlayPage.Alice.Ids(" Rome")[0];
        var traces = LogitPipeline.From(new SamplingOptions
        {
            Temperature = temperature, TopK = topK == 0 ? null : topK, TopP = topP == 1 ? null : topP, MinP = minP == 0 ? null : minP,
            LogitBias = bias == 0 ? null : new Dictionary<int, double> { [rome] = bias },
        }).Trace([.. next.Scores], []);
        var found = await page.Page.Locator("sampler-bench").EvaluateAsync<JsonElement>(
            "(bench, settings) => bench.remaining(settings)", new { temperature, topK, topP, minP, bias });
        Assert.Equal(traces.Count, found.GetArrayLength());
        foreach (var (trace, step) in traces.Zip(found.EnumerateArray()))
        {
            foreach (var pair in step.EnumerateArray())
                Assert.Equal(trace.Probabilities[pair[0].GetInt32()], pair[1].GetDouble(), 1e-6);
        }

        var last = found.EnumerateArray().Last();
        Assert.Equal(Math.Min(200, traces[^1].Probabilities.Count(p => p > 0)), Math.Min(200, last.GetArrayLength()));
    }

    [Fact]
    public async Task TheSamplerBenchDrawsTheSameTokensForASeed()
    {
        using var play = new PlayPage(book.Series);
        await using var page = await book.OpenAsync(play.File);
        var bench = page.Page.Locator("sampler-bench");
        await bench.GetByLabel("top-k").FillAsync("3");
        await Assertions.Expect(bench.Locator(".chain li")).ToHaveCountAsync(2);
        await bench.GetByLabel("temperature").PressAsync("ArrowRight");
        await Assertions.Expect(bench.Locator(".chain .name").Nth(1)).ToHaveTextAsync("temperature 1.05");
        await bench.GetByRole(AriaRole.Button, new() { Name = "Draw 100 times" }).ClickAsync();
        await Assertions.Expect(bench.Locator(".bars li")).ToHaveCountAsync(3);
        var first = await bench.Locator(".bars").InnerTextAsync();
        Assert.Contains("expected", first);
        await bench.GetByRole(AriaRole.Button, new() { Name = "Forget the draws" }).ClickAsync();
        await bench.GetByRole(AriaRole.Button, new() { Name = "Draw 100 times" }).ClickAsync();
        Assert.Equal(first, await bench.Locator(".bars").InnerTextAsync());
        await bench.GetByLabel("Your own text").FillAsync("The dog");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(bench.Locator("p code")).ToHaveTextAsync("The·dog");
        await Assertions.Expect(bench.Locator(".bars code").First).ToHaveTextAsync(
            PlayPage.Alice.Next("The dog").Likeliest.Replace(' ', '·'));
    }

    [Fact]
    public async Task AGuessHidesItsAnswerUntilItIsMadeAndIsKept()
    {
        using var play = new PlayPage(book.Series);
        await using var page = await book.OpenAsync(play.File);
        var answer = page.Page.Locator("guess-answer");
        await Assertions.Expect(answer).ToContainTextAsync("hidden until you guess");
        Assert.DoesNotContain("it is 5", await answer.InnerTextAsync());
        await page.Page.Locator("guess-field").GetByRole(AriaRole.Slider).PressAsync("Home");
        await page.Page.Locator("guess-field").GetByRole(AriaRole.Button, new() { Name = "Commit" }).PressAsync("Enter");
        await Assertions.Expect(answer).ToContainTextAsync("You said 1 token, it is 5 tokens.");
        await page.Page.ReloadAsync();
        await Assertions.Expect(answer).ToContainTextAsync("You said 1 token, it is 5 tokens.");
        await Assertions.Expect(page.Page.Locator("guess-calibration")).ToContainTextAsync("0 of 1 guess lay");
    }

    [Fact]
    public async Task TheLensGridTellsWhatALayerWouldSay()
    {
        using var play = new PlayPage(book.Series);
        await using var page = await book.OpenAsync(play.File);
        var grid = page.Page.Locator("lens-grid");
        await grid.Locator(".cell").Nth(1).HoverAsync();
        await Assertions.Expect(grid.Locator("h4")).ToHaveTextAsync("Layer 0, after ·capital, would say");
        await grid.Locator(".cell").Nth(1).FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(grid.Locator("h4")).ToHaveTextAsync("Layer 1, after ·capital, would say");
        await Assertions.Expect(grid.Locator(".rank")).ToHaveCountAsync(PlayPage.Alice.Layers);
        await Assertions.Expect(grid.Locator(".rank").Last).ToHaveTextAsync("1");
        await grid.GetByLabel("Your own text").FillAsync("The dog");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(grid.Locator(".cell")).ToHaveCountAsync(2 * PlayPage.Alice.Layers);
        Assert.Equal(PlayPage.Alice.Next("The dog").Likeliest.Replace(' ', '·'), await grid.Locator(".cell").Last.InnerTextAsync());
    }

    [Fact]
    public async Task TheCacheStepperFillsAndEvicts()
    {
        using var play = new PlayPage(book.Series);
        await using var page = await book.OpenAsync(play.File);
        var stepper = page.Page.Locator("cache-stepper");
        await stepper.GetByRole(AriaRole.Button, new() { Name = "Step →" }).ClickAsync();
        await Assertions.Expect(stepper.Locator(".slot.prompt")).ToHaveCountAsync(5);
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(stepper.Locator(".slot.answer")).ToHaveCountAsync(1);
        // 6 entries x 6 layers x key and value x 2 heads x 32 numbers x 4 bytes.
        await Assertions.Expect(stepper.Locator(".size")).ToContainTextAsync("18,432 bytes");
        await stepper.GetByRole(AriaRole.Button, new() { Name = "To the end" }).ClickAsync();
        await stepper.Locator(".slot").Nth(3).ClickAsync();
        await Assertions.Expect(stepper.Locator(".pair h4").Nth(1)).ToContainTextAsync("Without entry 3");
        await stepper.GetByLabel("page size").PressAsync("ArrowRight");
        await Assertions.Expect(stepper.Locator(".page")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task TheRooflineNamesTheLimitOfEachPoint()
    {
        using var play = new PlayPage(book.Series);
        await using var page = await book.OpenAsync(play.File);
        var roof = page.Page.Locator("roof-line");
        await Assertions.Expect(roof.GetByRole(AriaRole.Status)).ToContainTextAsync("The limit is the bandwidth");
        await roof.GetByRole(AriaRole.Slider).PressAsync("End");
        // 512e6 flops in 9 ms are 56.9 GFLOP/s of 60.
        await Assertions.Expect(roof.GetByRole(AriaRole.Status)).ToContainTextAsync("56.89 GFLOP/s, 9 ms. The limit is the arithmetic");
    }

    [Fact]
    public async Task ArrowsFollowTheMouseAndTheKeys()
    {
        using var play = new PlayPage(book.Series);
        await using var page = await book.OpenAsync(play.File);
        var pair = page.Page.Locator("arrow-pair");
        var said = pair.GetByRole(AriaRole.Status);
        await Assertions.Expect(said).ToContainTextAsync("3 × 1 + 1 × 2 = 5");
        var tip = pair.GetByRole(AriaRole.Slider, new() { Name = "The tip of b" });
        // From (1, 2) by four half steps to the left: (-1, 2), and 3 x -1 + 1 x 2 = -1.
        foreach (var _ in Enumerable.Range(0, 4)) await tip.PressAsync("ArrowLeft");
        await Assertions.Expect(said).ToContainTextAsync("3 × (-1) + 1 × 2 = -1");
        await pair.ScrollIntoViewIfNeededAsync();
        var box = (await tip.BoundingBoxAsync())!;
        var unit = (await pair.Locator("svg").BoundingBoxAsync())!.Width / 10.8f;
        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Page.Mouse.DownAsync();
        // Two units to the left and three down: (-3, -1), opposite to a.
        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2) - (2 * unit), box.Y + (box.Height / 2) + (3 * unit), new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();
        await Assertions.Expect(said).ToContainTextAsync("cosine -1, an angle of 180°");
    }

    [Theory]
    [InlineData("light", false)]
    [InlineData("dark", false)]
    [InlineData("light", true)]
    public async Task ThePageHasNoBarrierAndFitsAPhone(string theme, bool phone)
    {
        using var play = new PlayPage(book.Series);
        await using var page = await book.OpenAsync(play.File, phone ? Phone : Desk);
        await page.Page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme; }", theme);
        await page.Page.Locator("cache-stepper").GetByRole(AriaRole.Button, new() { Name = "To the end" }).ClickAsync();
        await page.Page.Locator("cache-stepper .slot").Nth(3).ClickAsync();
        await page.Page.Locator("attention-viewer .map").Nth(7).FocusAsync();
        await page.Page.Keyboard.PressAsync("o");
        await page.Page.Locator("sampler-bench").GetByRole(AriaRole.Button, new() { Name = "Draw 100 times" }).ClickAsync();
        await page.Page.Locator("guess-field").GetByRole(AriaRole.Button, new() { Name = "Skip" }).ClickAsync();
        foreach (var name in await page.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.display > *')].filter(e => e.shadowRoot).map(e => e.localName)"))
        {
            var picture = OpenBook.Artifact($"play-{name}-{theme}{(phone ? "-phone" : "")}.png");
            await page.Page.Locator(name).ScreenshotAsync(new() { Path = picture });
        }

        BookPage.None(await page.BarriersAsync());
        Assert.Equal(0, await page.OverhangAsync());
    }

    [Fact]
    public async Task WithoutScriptsEachComponentShowsItsText()
    {
        using var play = new PlayPage(book.Series);
        await using var page = await book.OpenAsync(play.File, new() { JavaScriptEnabled = false });
        await Assertions.Expect(page.Page.Locator("token-box small").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator("lens-grid pre")).ToContainTextAsync("would say");
        await Assertions.Expect(page.Page.Locator("guess-answer details p")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task ANotebooksPageNeedsOnlyTheDisplayOfTheModel()
    {
        var file = Path.ChangeExtension(Path.GetTempFileName(), ".html");
        await File.WriteAllTextAsync(file, "<!doctype html><meta charset=\"utf-8\">" +
            PlayPage.Alice.ToHtml() + Lessons.Cells.TokenBox(PlayPage.Alice, "the cat").ToHtml() +
            Lessons.Cells.LensGrid(PlayPage.Alice, PlayPage.Sentence).ToHtml());
        await using var page = await book.OpenAsync(file);
        await Assertions.Expect(page.Page.Locator("token-box .chip")).ToHaveCountAsync(PlayPage.Alice.Ids("the cat").Length);
        await Assertions.Expect(page.Page.Locator("lens-grid .cell").First).ToBeVisibleAsync();
        // No model lives in this page, so it takes no other text.
        await Assertions.Expect(page.Page.GetByLabel("Your own text")).ToHaveCountAsync(0);
        File.Delete(file);
    }

    private static IEnumerable<int> Integers(JsonElement array) => array.EnumerateArray().Select(item => item.GetInt32());
}
