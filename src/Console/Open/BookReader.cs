using LlmRabbitHoles.Book;
using LlmRabbitHoles.Notebooks.Running;
using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.CommandLine;

/// <summary>The book in a browser: to read and not to run.</summary>
internal sealed class BookReader : Reader
{
    public override string Name => "book";

    public override string? WhyNot() => null;

    public override async Task<int> OpenAsync(RabbitHole hole, string notebook, CancellationToken cancellationToken)
    {
        var book = await BookBuilder.BuildAsync(Repository.Root, Repository.DefaultBook, cancellationToken);
        var page = Path.Combine(book.Folder, BookBuilder.PageOf(hole));
        await Terminal.Out.WriteLineAsync(page);
        if (Browser is { } browser)
            await RunAsync(browser, [page], cancellationToken);
        else
            await Terminal.Error.WriteLineAsync(
                "There is no browser to open here; the page above opens in any, also from another machine's copy.");
        return ExitCode.Done;
    }

    // On Linux a browser needs a display, which ssh sessions and containers lack.
    private static string? Browser =>
        OperatingSystem.IsMacOS() ? ChildProcess.InPath("open")
        : IsSet("DISPLAY") || IsSet("WAYLAND_DISPLAY") ? ChildProcess.InPath("xdg-open")
        : null;

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}
