using System.CommandLine;

namespace LlmRabbitHoles.CommandLine;

/// <summary>The extension that runs the notebooks in VS Code.</summary>
internal sealed class VsCodeCommand : RabbitCommand
{
    public VsCodeCommand() : base("vscode", "Get the extension that runs the notebooks in VS Code.",
        "./rabbit vscode install",
        "./rabbit vscode pack --out llm-rabbit-holes.vsix")
    {
        Add(new VsCodePackCommand());
        Add(new VsCodeInstallCommand());
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        throw new UsageException("Say what to do: ./rabbit vscode install, or ./rabbit vscode pack.");
}
