using System.Runtime.Versioning;

namespace LlmRabbitHoles.Book.Tests;

/// <summary>How a book is written to disk, and what happens when that fails.</summary>
[Collection(SharedBooks.Name)]
public sealed class WritingTests : IDisposable
{
    private readonly SampleRepository _repository = new();

    public WritingTests() => NodeJs.Needed();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task AnEarlierBookIsReplacedWhole()
    {
        await BookBuilder.BuildAsync(_repository.Path, _repository.Out);
        File.WriteAllText(Path.Combine(_repository.Out, "left-over.html"), "");
        var book = await BookBuilder.BuildAsync(_repository.Path, _repository.Out);
        Assert.False(File.Exists(Path.Combine(_repository.Out, "left-over.html")));
        Assert.Equal((2, 1, Path.Combine(_repository.Out, "index.html")), (book.Chapters, book.Planned, book.FirstPage));
        Assert.True(File.Exists(book.FirstPage));
        Assert.Empty(Beside());
    }

    [Fact]
    public async Task AFolderWithOtherFilesIsRefusedAndStaysUnchanged()
    {
        Directory.CreateDirectory(_repository.Out);
        File.WriteAllText(Path.Combine(_repository.Out, "thesis.txt"), "years of work");
        var refused = await Assert.ThrowsAsync<BookException>(() => BookBuilder.BuildAsync(_repository.Path, _repository.Out));
        Assert.Equal(
            $"'{_repository.Out}' holds files that are not part of a book, and was not changed; name a new or an empty folder with --out.",
                refused.Message);
        Assert.Equal("years of work", File.ReadAllText(Path.Combine(_repository.Out, "thesis.txt")));
    }

    [Fact]
    public async Task AFileInTheWayIsRefused()
    {
        File.WriteAllText(_repository.Out, "");
        Assert.EndsWith("Name a folder for the book with --out.",
            (await Assert.ThrowsAsync<BookException>(() => BookBuilder.BuildAsync(_repository.Path, _repository.Out))).Message);
    }

    [Fact]
    public async Task ABrokenFormulaNamesItsCellAndLeavesTheEarlierBook()
    {
        await BookBuilder.BuildAsync(_repository.Path, _repository.Out);
        using var broken = new SampleRepository(formula: "$\\frac{1$");
        var refused = await Assert.ThrowsAsync<BookException>(() => BookBuilder.BuildAsync(broken.Path, _repository.Out));
        Assert.StartsWith("A formula in 'notebooks/root.ipynb', cell m1 is broken: KaTeX parse error", refused.Message);
        Assert.True(File.Exists(Path.Combine(_repository.Out, "index.html")));
        Assert.Empty(Beside());
    }

    [Fact]
    public async Task ANotebookThatIsMissingIsNamedWithItsTier()
    {
        File.Delete(Path.Combine(_repository.Path, "notebooks", "root.ipynb"));
        Assert.Equal("The rabbit hole 'root' names the notebook 'notebooks/root.ipynb', which does not exist below " +
            $"'{_repository.Path}'; correct tiers/tier0.json.",
            (await Assert.ThrowsAsync<BookException>(() => BookBuilder.BuildAsync(_repository.Path, _repository.Out))).Message);
    }

    [Fact]
    public async Task AMissingNpmIsReportedInOneSentence()
    {
        using var bare = new SampleRepository(withLibraries: false);
        var refused = await WithPathAsync(
            "/nowhere", () => Assert.ThrowsAsync<BookException>(() => BookBuilder.BuildAsync(bare.Path, bare.Out)));
        Assert.StartsWith("There is no npm in PATH", refused.Message);
        Assert.False(Directory.Exists(bare.Out));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task AnNpmThatFailsIsQuotedInOneSentence()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The npm that fails is a shell script.");
        using var bare = new SampleRepository(withLibraries: false);
        var npm = Path.Combine(bare.Path, "npm");
        File.WriteAllText(npm,
            "#!/bin/sh\necho 'npm error network unreachable' >&2\necho 'npm error A complete log of this run is somewhere' >&2\nexit 1\n");
        File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var refused = await WithPathAsync(
            $"{bare.Path}:/bin", () => Assert.ThrowsAsync<BookException>(() => BookBuilder.BuildAsync(bare.Path, bare.Out)));
        Assert.Equal("npm could not install the book's libraries (npm error network unreachable); it needs the network once. " +
            "Fix that and run ./rabbit book again.", refused.Message);
    }

    private static async Task<T> WithPathAsync<T>(string path, Func<Task<T>> work)
    {
        var before = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", path);
        try
        {
            return await work();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", before);
        }
    }

    private IEnumerable<string> Beside() => Directory.EnumerateFileSystemEntries(_repository.Path).Where(
        path => path.StartsWith(_repository.Out + ".", StringComparison.Ordinal));
}
