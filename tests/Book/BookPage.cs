using System.Text.Json;
using Microsoft.Playwright;

namespace LlmRabbitHoles.Book.Tests;

/// <summary>A page in the browser that records its errors.</summary>
public sealed class BookPage : IAsyncDisposable
{
    // A blob is made by the page itself: Alice's worker.
    private static readonly string[] Local = ["file:", "data:", "blob:"];

    private readonly List<string> _complaints = [];

    public BookPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => { if (message.Type is "error" or "warning") _complaints.Add($"{page.Url}: {message.Text}"); };
        page.PageError += (_, error) => _complaints.Add($"{page.Url}: {error}");
        page.RequestFailed += (_, request) => _complaints.Add($"{page.Url} could not load {request.Url}");
        page.Request += (_, request) =>
        {
            if (!Local.Any(scheme => request.Url.StartsWith(scheme, StringComparison.Ordinal)))
                _complaints.Add($"{page.Url} asks the network for {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings on the console, missing files, and network requests.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>The serious and critical findings of axe-core, one per line.</summary>
    public async Task<IReadOnlyList<string>> BarriersAsync()
    {
        await Page.EvaluateAsync(Chromium.Axe() + "; 0");
        var found = await Page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run({ preload: false })).violations" +
                ".filter(v => v.impact === 'serious' || v.impact === 'critical')" +
                ".flatMap(v => v.nodes.slice(0, 3).map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`))");
        return [.. found.EnumerateArray().Select(line => $"{Page.Url} {line.GetString()}")];
    }

    /// <summary>How many pixels the page is wider than its window.</summary>
    public Task<int> OverhangAsync() =>
        Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public async Task ScreenshotAsync(string name, bool whole = false)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await Page.ScreenshotAsync(new() { Path = OpenBook.Artifact(name + ".png"), FullPage = whole });
                return;
            }
            catch (PlaywrightException e) when (tries < 3 && e.Message.Contains("Unable to capture", StringComparison.Ordinal))
            {
                // Chromium gives up when a frame comes late on a busy machine. The picture is for people to look at.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        None(_complaints);
    }

    /// <summary>Fails with all lines, if there are any.</summary>
    public static void None(IReadOnlyCollection<string> lines) => Assert.True(lines.Count == 0, string.Join('\n', lines));
}
