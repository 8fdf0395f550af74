using Microsoft.Playwright;

namespace LlmRabbitHoles.Book.Tests.Live;

/// <summary>The place on the first page where a reader talks to Alice.</summary>
[Collection(SharedBooks.Name)]
public sealed class TalkTests(OpenBook book)
{
    private string First => Path.Combine(book.Series, "index.html");

    [Fact]
    public async Task AMessageIsSentByKeysAndAnswered()
    {
        await using var page = await book.OpenAsync(First, new() { ColorScheme = ColorScheme.Light });
        Assert.Matches(@"^Load Alice \(\d\.\d MB\) and send$", await page.Page.Locator("alice-chat .send").InnerTextAsync());
        await page.Page.GetByLabel("Send Alice a message").FillAsync("What is the capital of France?");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("alice-chat .answer")).ToHaveTextAsync("The capital of France is Paris.");
        await Assertions.Expect(page.Page.Locator("alice-chat .outcome")).ToHaveTextAsync(
            new System.Text.RegularExpressions.Regex(@"^10 prompt tokens · 7 tokens · \d+ tokens/s · end_turn: she ended her turn\.$"));
        Assert.Equal(["<|user|>", "What", " is", " the", " capital", " of", " France", "?", "<|end|>", "<|assistant|>"],
            await page.Page.Locator("alice-chat .token-pieces:not(.answer) span").AllTextContentsAsync());
        BookPage.None(await page.BarriersAsync());
        await page.Page.Locator("alice-chat").ScrollIntoViewIfNeededAsync();
        await page.ScreenshotAsync("talk-light");
    }

    [Fact]
    public async Task ThereAreSixThingsToAskWhichAPhoneCanTap()
    {
        await using var page = await book.OpenAsync(
            First, new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, ColorScheme = ColorScheme.Dark });
        var suggestions = page.Page.Locator("alice-chat .suggestions button");
        await Assertions.Expect(suggestions).ToHaveCountAsync(6);
        await suggestions.Nth(3).TapAsync();
        await Assertions.Expect(page.Page.Locator("alice-chat .outcome")).ToContainTextAsync("end_turn");
        Assert.True(await page.OverhangAsync() <= 0);
        BookPage.None(await page.BarriersAsync());
        await page.Page.Locator("#talk").ScrollIntoViewIfNeededAsync();
        await page.ScreenshotAsync("talk-phone-dark");
    }

    [Fact]
    public async Task TheThingsToAskCanBeReadWithoutScripts()
    {
        await using var page = await book.OpenAsync(First, new() { JavaScriptEnabled = false });
        Assert.Equal(6, await page.Page.Locator("alice-chat li:visible").CountAsync());
    }

    [Fact]
    public async Task StopEndsTheAnswer()
    {
        await using var page = await book.OpenAsync(First);
        // She would be done before a hand is at the button, so the button is pressed as soon as it is there.
        await page.Page.EvaluateAsync("""
            () => new MutationObserver((_, watcher) => {
              const stop = document.querySelector('alice-chat .stop');
              if (!stop.hidden) { watcher.disconnect(); stop.click(); }
            }).observe(document.querySelector('alice-chat'), { attributes: true, subtree: true })
            """);
        await page.Page.GetByLabel("Send Alice a message").FillAsync("Tell me a story.");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("alice-chat .outcome")).ToContainTextAsync("cancelled: you stopped her");
    }
}
