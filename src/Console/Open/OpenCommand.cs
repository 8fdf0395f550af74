using System.CommandLine;
using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Opens a rabbit hole to read.</summary>
internal sealed class OpenCommand : RabbitCommand
{
    private readonly Argument<string?> _hole = new("hole")
    {
        Description = "Its id, its number on the map, its title or its notebook. Default: where the series begins.",
        Arity = ArgumentArity.ZeroOrOne,
    };

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
        var hole = Hole(Curriculum.Load(Repository.Root), parsed.GetValue(_hole));
        var reader = Choose(parsed.GetValue(_with));
        await Terminal.Error.WriteLineAsync($"Opening '{hole.Title}' with {reader.Name}.");
        return await reader.OpenAsync(hole, cancellationToken);
    }

    private static RabbitHole Hole(Curriculum curriculum, string? name)
    {
        if (name is null)
            return curriculum.Root;
        if (curriculum.Find(name) is not { } hole)
            throw new UsageException($"There is no rabbit hole '{name}'; {Instead(curriculum, name)}");
        return hole.Notebook is not null
            ? hole
            : throw new UsageException($"The rabbit hole '{hole.Id}' is planned and not written yet; {Written(curriculum)}");
    }

    private static string Instead(Curriculum curriculum, string name) =>
        curriculum.NearestTo(name, EditDistance.Between) is { Count: > 0 } near
            ? $"did you mean {string.Join(" or ", near)}?"
            : Written(curriculum);

    private static string Written(Curriculum curriculum) =>
        $"these are written: {string.Join(", ", curriculum.Holes.Where(hole => hole.Notebook is not null).Select(hole => hole.Id))}.";

    // Each reader that is skipped says why, so that the missing editor is explained.
    private static Reader Choose(string? name)
    {
        foreach (var reader in Reader.All.Where(reader => name is null || reader.Name == name))
        {
            if (reader.WhyNot() is not { } reason)
                return reader;
            if (name is not null)
                throw new WorkFailedException(reason);
            Terminal.Error.WriteLine(reason);
        }

        throw new InvalidOperationException("The book can always be read.");
    }
}
