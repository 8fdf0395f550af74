using System.CommandLine;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Copies the notebooks into my/ and opens one there, so that reading never changes the clone.</summary>
internal sealed class StartCommand : RabbitCommand
{
    private readonly Argument<string?> _hole = new("hole") { Description = HoleName.Description, Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<bool> _noOpen = new("--no-open") { Description = "Only copy, and say where the copy is." };

    private readonly Option<bool> _fresh =
        new("--fresh") { Description = "Begin this hole again with a new copy. Yours is kept beside it with .before in its name." };

    private readonly Option<string?> _with =
        ChoiceOption.Create("--with", "What to open it with. Default: VS Code when it is here, else Jupyter.",
        [.. Editors.Select(reader => reader.Name)]);

    public StartCommand() : base("start", "Open your own copy of a rabbit hole, to run, change and solve.",
        "./rabbit start",
        "./rabbit start 1.2",
        "./rabbit start tokens --with jupyter",
        "./rabbit start 1.2 --fresh")
    {
        Add(_hole);
        foreach (Option option in new Option[] { _noOpen, _fresh, _with }) Add(option);
        RefuseUnknownOptions(_hole);
    }

    // The book cannot be written into.
    private static IEnumerable<Reader> Editors => Reader.All.Where(reader => reader is not BookReader);

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var curriculum = Curriculum.Load(Repository.Root);
        var hole = HoleName.Find(curriculum, parsed.GetValue(_hole));
        var copy = Repository.OwnCopyOf(hole);
        if (parsed.GetValue(_fresh)) SetAside(copy);
        CopyMissing(curriculum);
        if (OwnCopy.IsOutdated(Repository.NotebookOf(hole), copy))
            await Terminal.Error.WriteLineAsync("The notebook of the series has changed since you began. ./rabbit start " +
                $"{curriculum.NumberOf(hole)} --fresh begins again and keeps yours beside it.");
        await Terminal.Out.WriteLineAsync(copy);
        if (parsed.GetValue(_noOpen)) return ExitCode.Done;
        if (Reader.Choose(Editors, parsed.GetValue(_with)) is { } reader) return await reader.OpenAsync(hole, copy, cancellationToken);
        await Terminal.Error.WriteLineAsync(
            "Open the file above in VS Code or Jupyter on another machine, or read on: ./rabbit open --with book");
        return ExitCode.Done;
    }

    // All at once: a notebook leads to its children by relative links.
    private static void CopyMissing(Curriculum curriculum)
    {
        foreach (var hole in curriculum.Holes.Where(hole => hole.Notebook is not null && !File.Exists(Repository.OwnCopyOf(hole))))
            OwnCopy.Write(Repository.NotebookOf(hole), Repository.OwnCopyOf(hole));
    }

    private static void SetAside(string copy)
    {
        if (!File.Exists(copy)) return;
        var before = Enumerable.Range(1, int.MaxValue)
            .Select(n => Path.ChangeExtension(copy, n == 1 ? ".before.ipynb" : $".before-{n}.ipynb"))
            .First(path => !File.Exists(path));
        File.Move(copy, before);
        Terminal.Error.WriteLine($"Yours is kept as {before}");
    }
}
