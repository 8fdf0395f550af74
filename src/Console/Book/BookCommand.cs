using System.CommandLine;
using LlmRabbitHoles.Book;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Makes the book: a static site from the notebooks as they are stored.</summary>
internal sealed class BookCommand : RabbitCommand
{
    private readonly Option<string?> _out =
        new("--out") { Description = "The folder to write; an earlier book in it is replaced. Default: out/book.", HelpName = "DIR" };

    public BookCommand() : base(
        "book", "Make the book: pages to read in a browser, without a network, from the notebooks as they are stored.",
        "./rabbit book",
        "./rabbit book --out /tmp/book",
        "./rabbit open --with book") => Add(_out);

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var book = await BookBuilder.BuildAsync(Repository.Root, parsed.GetValue(_out) ?? Repository.DefaultBook, cancellationToken);
        await Terminal.Error.WriteLineAsync($"{book.Chapters} chapters, {book.Planned} more on the map");
        await Terminal.Out.WriteLineAsync(book.FirstPage);
        return ExitCode.Done;
    }
}
