using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Book;

/// <summary>The folder of a book. It is written under another name first and renamed when it is complete.</summary>
internal sealed class BookFolder : IDisposable
{
    // Every book has this file; a folder without it is not a book.
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

    /// <summary>Replaces the earlier book by the finished one.</summary>
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

    /// <summary>Removes an unfinished book.</summary>
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
