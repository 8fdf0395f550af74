using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Book;

/// <summary>The folder that a book is written to: aside first, and put in its place when it is whole.</summary>
internal sealed class BookFolder : IDisposable
{
    // Lies in every book, and tells one from a folder that happens to have the name.
    private const string Mark = ".rabbit-book";

    private readonly string _aside;

    private BookFolder(string target)
    {
        Target = target;
        _aside = $"{target}.{Guid.NewGuid():N}.part";
        Directory.CreateDirectory(_aside);
    }

    /// <summary>Where the book will be, as a full path.</summary>
    public string Target { get; }

    /// <exception cref="BookException">The folder holds other files, or cannot be written to.</exception>
    public static BookFolder Begin(string outFolder)
    {
        var target = Resolve(outFolder);
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !File.Exists(Path.Combine(target, Mark)))
            throw new BookException(
                $"'{target}' holds files that are not part of a book, and was not changed; name a new or an empty folder with --out.");
        try
        {
            return new BookFolder(target);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BookException($"The book cannot be written beside '{target}': {refused.Message}", refused);
        }
    }

    private static string Resolve(string outFolder)
    {
        try
        {
            return OutputFile.ResolveFolder(outFolder);
        }
        catch (IOException refused)
        {
            throw new BookException($"{refused.Message.TrimEnd('.')} for the book with --out.", refused);
        }
    }

    public void Write(string file, string text) => File.WriteAllText(Place(file), text);

    public void Copy(string source, string file) => File.Copy(source, Place(file));

    /// <summary>Puts the whole book in its place.</summary>
    public void Finish()
    {
        Write(Mark, "This folder was written by ./rabbit book, which may replace it.\n");
        var before = $"{Target}.{Guid.NewGuid():N}.old";
        var replaces = Directory.Exists(Target);
        if (replaces)
            Directory.Move(Target, before);
        Directory.Move(_aside, Target);
        if (replaces)
            Directory.Delete(before, recursive: true);
    }

    /// <summary>Removes what was begun and not finished.</summary>
    public void Dispose()
    {
        if (Directory.Exists(_aside))
            Directory.Delete(_aside, recursive: true);
    }

    private string Place(string file)
    {
        var path = Path.Combine(_aside, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
