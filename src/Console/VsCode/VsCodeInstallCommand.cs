using System.CommandLine;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Puts the extension into an editor.</summary>
internal sealed class VsCodeInstallCommand : RabbitCommand
{
    private readonly Option<string?> _editor = ChoiceOption.Create("--editor",
        "The editor, by its command. Default: the first of these in PATH.", [.. Editor.Commands]);

    public VsCodeInstallCommand() : base("install", "Install the extension in VS Code, VSCodium or code-server.",
        "./rabbit vscode install",
        "./rabbit vscode install --editor codium") => Add(_editor);

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var named = parsed.GetValue(_editor);
        if (!ExtensionPackage.IsCurrent) await ExtensionPackage.PackAsync(ExtensionPackage.DefaultFile, cancellationToken);
        var editor = Editor.Installed().FirstOrDefault(editor => named is null || editor.Command == named) ?? throw NoEditor(named);
        editor.Install(ExtensionPackage.DefaultFile);
        Terminal.Out.WriteLine($"{editor.Name} has the extension. Open this folder and one of its notebooks, and choose Run All.");
        return ExitCode.Done;
    }

    private static WorkFailedException NoEditor(string? named) => new(
        $"There is no {named ?? string.Join(", ", Editor.Commands.SkipLast(1)) + " or " + Editor.Commands[^1]} in PATH. " +
        "Install the extension by hand: " +
        $"in the editor's view Extensions choose '...', Install from VSIX, and '{ExtensionPackage.DefaultFile}'.");
}
