using LlmRabbitHoles.Tests;
using Microsoft.Playwright;

namespace LlmRabbitHoles.Book.Tests;

/// <summary>The book of this repository and that of the sample, made once, and a browser to open them in.</summary>
public sealed class OpenBook : IAsyncLifetime
{
    private readonly SampleRepository _sample = new();
    private string _series = "";
    private string _sampleBook = "";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The folder of this repository's book.</summary>
    public string Series => Made(_series);

    /// <summary>The folder of the sample's book.</summary>
    public string Sample => Made(_sampleBook);

    /// <summary>Every page of both.</summary>
    public IEnumerable<string> Pages =>
        new[] { Series, Sample }.SelectMany(folder => Directory.EnumerateFiles(folder, "*.html")).Order(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        if (NodeJs.IsMissing)
            return;
        _series = (await BookBuilder.BuildAsync(Repository.Root, Artifact("book"))).Folder;
        _sampleBook = (await BookBuilder.BuildAsync(_sample.Path, Artifact("sample-book"))).Folder;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
        _sample.Dispose();
    }

    /// <summary>A new page in its own window. Any error or network request fails the test at its end.</summary>
    public async Task<BookPage> OpenAsync(string file, BrowserNewContextOptions? options = null)
    {
        _browser ??= await LaunchAsync();
        var context = await _browser.NewContextAsync(options ?? new());
        var page = new BookPage(await context.NewPageAsync());
        await page.Page.GotoAsync(new Uri(file).AbsoluteUri);
        return page;
    }

    /// <summary>A folder for files to look at after a run.</summary>
    public static string Artifact(string name)
    {
        var path = Path.Combine(Repository.Root, ".rabbit", "artifacts", "book", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private static string Made(string folder)
    {
        NodeJs.Needed();
        return folder;
    }

    private async Task<IBrowser> LaunchAsync()
    {
        if (Chromium.Program is null && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip("There is no Chromium here, and only root may install it: sudo apt-get install chromium");
        Assert.NotNull(Chromium.Program);
        _playwright = await Playwright.CreateAsync();
        // A busy machine may be slow without being wrong.
        Assertions.SetDefaultExpectTimeout(30_000);
        return await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Chromium.Program, Args = ["--no-sandbox", "--disable-background-networking"] });
    }
}
