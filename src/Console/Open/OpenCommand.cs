using System.CommandLine;
using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Opens a rabbit hole to read.</summary>
internal sealed class OpenCommand : RabbitCommand
{
    private readonly Argument<string?> _hole = new("hole") { Description = HoleName.Description, Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string?> _with =
        ChoiceOption.Create("--with", "What to read it with. Default: VS Code when it is here, else Jupyter, else the book.",
        [.. Reader.All.Select(reader => reader.Name)]);

    public OpenCommand() : base("open", "Open a rabbit hole in VS Code, in Jupyter or in the book.",
        "./rabbit open",
        "./rabbit open embeddings",
        "./rabbit open 1.4 --with book")
    {
        Add(_hole);
        Add(_with);
        RefuseUnknownOptions(_hole);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var hole = HoleName.Find(Curriculum.Load(Repository.Root), parsed.GetValue(_hole));
        var reader = Reader.Choose(Reader.All, parsed.GetValue(_with))
            ?? throw new InvalidOperationException("The book can always be read.");
        await Terminal.Error.WriteLineAsync($"Opening '{hole.Title}' with {reader.Name}.");
        return await reader.OpenAsync(hole, Repository.NotebookOf(hole), cancellationToken);
    }
}
