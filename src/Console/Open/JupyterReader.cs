using LlmRabbitHoles.Notebooks.Jupyter;
using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.CommandLine;

/// <summary>JupyterLab or Jupyter Notebook.</summary>
internal sealed class JupyterReader : Reader
{
    public override string Name => "jupyter";

    public override string? WhyNot() => JupyterLauncher.Find() is null ? $"There is no Jupyter in PATH. {JupyterLauncher.Remedy}" : null;

    public override async Task<int> OpenAsync(RabbitHole hole, string notebook, CancellationToken cancellationToken) =>
        await JupyterLauncher.OpenAsync(RabbitScript.Path, notebook, cancellationToken: cancellationToken) == 0
            ? ExitCode.Done
            : throw new WorkFailedException($"Jupyter ended with an error; `jupyter notebook` in '{Repository.Root}' may say why.");
}
