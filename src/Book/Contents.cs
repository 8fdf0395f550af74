using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.Book;

/// <summary>The sources of the book: the map, the glossary and the written notebooks.</summary>
internal sealed class Contents
{
    private readonly Dictionary<string, Chapter> _byHole;
    private readonly Dictionary<string, Chapter> _byNotebook;

    private Contents(string root, Curriculum curriculum, Glossary glossary, IReadOnlyList<Chapter> chapters)
    {
        (Root, Curriculum, Glossary, Chapters) = (root, curriculum, glossary, chapters);
        _byHole = chapters.ToDictionary(chapter => chapter.Hole.Id);
        _byNotebook = chapters.ToDictionary(chapter => chapter.Hole.Notebook!);
    }

    /// <summary>The repository's folder.</summary>
    public string Root { get; }

    public Curriculum Curriculum { get; }

    public Glossary Glossary { get; }

    /// <summary>In reading order.</summary>
    public IReadOnlyList<Chapter> Chapters { get; }

    /// <summary>The page and anchor that explain each term. Filled while chapters are written.</summary>
    public Dictionary<GlossaryTerm, string> Explained { get; } = [];

    public static Contents Load(string root)
    {
        var curriculum = Curriculum.Load(root);
        var chapters = curriculum.Holes.Where(hole => hole.Notebook is not null)
            .Select(hole => new Chapter(hole, Read(root, hole))).ToList();
        return chapters.Count > 0
            ? new Contents(root, curriculum, Glossary.Load(root, curriculum), chapters)
            : throw new BookException(
                $"No rabbit hole in '{Path.Combine(root, "tiers")}' has a notebook, so there is nothing to make a book of.");
    }

    /// <summary>The chapter of the hole; null while it is planned.</summary>
    public Chapter? Find(RabbitHole hole) => _byHole.GetValueOrDefault(hole.Id);

    /// <summary>The chapter of the notebook at that path from the repository's root; null if no chapter has it.</summary>
    public Chapter? FindNotebook(string path) => _byNotebook.GetValueOrDefault(path);

    /// <summary>The chapter that many places later; null before the first and after the last.</summary>
    public Chapter? Beside(Chapter chapter, int places) => Chapters.ElementAtOrDefault(Chapters.ToList().IndexOf(chapter) + places);

    private static Notebook Read(string root, RabbitHole hole)
    {
        var path = Path.Combine([root, .. hole.Notebook!.Split('/')]);
        return File.Exists(path)
            ? NotebookReader.Read(path)
            : throw new BookException($"The rabbit hole '{hole.Id}' names the notebook '{hole.Notebook}', " +
                $"which does not exist below '{root}'; correct tiers/tier{hole.Tier}.json.");
    }
}
