using System.CommandLine;
using LlmRabbitHoles.Notebooks.Jupyter;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Opens a notebook in Jupyter, on this kernel.</summary>
internal sealed class JupyterCommand : RabbitCommand
{
    private readonly Argument<string?> _notebook = new("notebook")
    {
        Description = "A notebook, or a folder of them. Default: the series' first.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _page =
        ChoiceOption.Create("--page", "Which of Jupyter's pages. Default: lab where it is installed.", "lab", "notebook");

    private readonly Option<bool> _noBrowser =
        new("--no-browser") { Description = "Start the server and print its address, and open nothing." };

    public JupyterCommand() : base("jupyter", "Open a notebook in Jupyter, on the C# kernel.",
        "./rabbit jupyter",
        "./rabbit jupyter notebooks/tier1/01-vectors.ipynb --page notebook")
    {
        Add(_notebook);
        Add(_page);
        Add(_noBrowser);
        RefuseUnknownOptions(_notebook);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var notebook = parsed.GetValue(_notebook) ?? FirstNotebook;
        if (!Path.Exists(notebook))
            throw new UsageException($"There is no '{notebook}' to open.");
        Terminal.Error.WriteLine($"Opening {notebook} in Jupyter; Ctrl-C here ends it.");
        return await JupyterLauncher.OpenAsync(
            RabbitScript.Path, notebook, parsed.GetValue(_page), parsed.GetValue(_noBrowser) ? ["--no-browser"] : [], cancellationToken);
    }

    private static string FirstNotebook => Path.GetFullPath(Path.Combine(
        Path.GetDirectoryName(RabbitScript.Path)!, "notebooks", "00-what-happens-when-you-send-a-message.ipynb"));
}
