using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.CommandLine.Opening;

/// <summary>JupyterLab or Jupyter Notebook.</summary>
internal sealed class JupyterReader : Reader
{
    public override string Name => "jupyter";

    public override string? WhyNot() => Program is null
        ? "There is no Jupyter here (jupyter-lab or jupyter-notebook in PATH); Debian's package is jupyter-notebook."
        : null;

    public override async Task<int> OpenAsync(RabbitHole hole, CancellationToken cancellation)
    {
        var rabbit = Path.Combine(AppContext.BaseDirectory, "rabbit.dll");
        if (await RunAsync("dotnet", [rabbit, "kernel", "install"], cancellation) != 0)
            throw new WorkFailedException("The kernel could not be installed for Jupyter; ./rabbit kernel install says why.");
        return await RunAsync(Program!, [NotebookOf(hole)], cancellation) == 0
            ? ExitCode.Done
            : throw new WorkFailedException($"'{Program}' ended with an error; run it by hand in '{Repository.Root}' to see why.");
    }

    private static string? Program => SearchPath.Find("jupyter-lab", "jupyter-notebook");
}
