using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.CommandLine;

/// <summary>VS Code or a sibling of it, with the extension of this repository.</summary>
internal sealed class VsCodeReader : Reader
{
    public override string Name => "vscode";

    public override string? WhyNot() => Editor.Installed().FirstOrDefault(editor => editor.CanOpen) switch
    {
        null => $"There is no VS Code here that can open a notebook ({string.Join(", ", Editor.Commands)} in PATH).",
        var editor when !editor.HasExtension() =>
            $"{editor.Name} lacks the extension that runs the notebooks; ./rabbit vscode install adds it.",
        _ => null,
    };

    public override Task<int> OpenAsync(RabbitHole hole, string notebook, CancellationToken cancellationToken)
    {
        Editor.Installed().First(editor => editor.CanOpen).Open(Repository.Root, notebook);
        return Task.FromResult(ExitCode.Done);
    }
}
