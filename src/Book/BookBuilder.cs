using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.Book;

/// <summary>What was written.</summary>
/// <param name="Folder">The book's folder, as a full path.</param>
/// <param name="Chapters">How many notebooks have a page.</param>
/// <param name="Planned">How many rabbit holes are on the map without one.</param>
public sealed record BookSummary(string Folder, int Chapters, int Planned)
{
    /// <summary>The page to begin with.</summary>
    public string FirstPage => Path.Combine(Folder, BookBuilder.MapFile);
}

/// <summary>
/// Makes a static site from the executed notebooks of the curriculum. Making it runs no cell; reading it needs no network.
/// </summary>
public static class BookBuilder
{
    internal const string MapFile = "index.html";
    internal const string GlossaryFile = "glossary.html";
    internal const string VocabularyFile = "vocabulary.html";

    /// <summary>Writes the book of the repository at <paramref name="root"/>.</summary>
    /// <param name="root">The folder that holds tiers/ and notebooks/.</param>
    /// <param name="outFolder">New, empty, or an earlier book, which is replaced once the new one is whole.</param>
    /// <param name="cancellationToken">Leaves whatever was there before.</param>
    /// <exception cref="BookException">The folder holds something else, a library cannot be installed, or a formula is broken.</exception>
    /// <exception cref="CurriculumException">The files in tiers/ are broken.</exception>
    /// <exception cref="LlmRabbitHoles.Notebooks.Documents.NotebookFormatException">A notebook is broken.</exception>
    public static async Task<BookSummary> BuildAsync(string root, string outFolder, CancellationToken cancellationToken = default)
    {
        using var folder = BookFolder.Begin(outFolder);
        var contents = Contents.Load(root);
        var libraries = await Libraries.InstallAsync(root, "", cancellationToken);
        var live = await LiveModel.PrepareAsync(root, cancellationToken);
        var typesetter = new Typesetter(libraries);
        var pages = Pages(contents, typesetter, live, out var index);
        await typesetter.SetAsync(cancellationToken);
        foreach (var (file, html) in pages)
            folder.Write(file, typesetter.Fill(html));
        folder.Write(SearchIndex.File, index.ToScript());
        Assets.CopyTo(folder, libraries);
        live.CopyTo(folder);
        folder.Finish();
        return new BookSummary(folder.Target, contents.Chapters.Count, contents.Curriculum.Holes.Count - contents.Chapters.Count);
    }

    /// <summary>The file name of the page that shows the hole's notebook.</summary>
    public static string PageOf(RabbitHole hole)
    {
        ArgumentNullException.ThrowIfNull(hole);
        return $"{hole.Id}.html";
    }

    private static List<(string File, string Html)> Pages(
        Contents contents, Typesetter typesetter, LiveModel live, out SearchIndex index)
    {
        index = new SearchIndex();
        List<(string, string)> pages = [];
        foreach (var chapter in contents.Chapters)
            pages.Add((chapter.File, new ChapterPage(contents, chapter, typesetter, index).ToHtml()));
        pages.Add((MapFile, MapPage.ToHtml(contents, live)));
        pages.Add((GlossaryFile, GlossaryPage.ToHtml(contents, index)));
        pages.Add((VocabularyFile, VocabularyPage.ToHtml(contents, index)));
        return pages;
    }
}
