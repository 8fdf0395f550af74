using System.Diagnostics;
using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>Opens notebooks in the machine's Jupyter, with this kernel.</summary>
public static class JupyterLauncher
{
    /// <summary>How to install Jupyter.</summary>
    public const string Remedy = "Install it: sudo apt-get install jupyter-notebook, or python3 -m pip install notebook.";

    /// <summary>JupyterLab if it is installed, else the notebook page.</summary>
    private static readonly string[] Pages = ["lab", "notebook"];

    /// <summary>The command that opens a page, without the notebook's path; null when PATH has no Jupyter.</summary>
    /// <param name="page">"lab" or "notebook"; null chooses the one that is installed.</param>
    public static IReadOnlyList<string>? Find(string? page = null) => (page is null ? Pages : [page])
        .Select(name => ChildProcess.InPath($"jupyter-{name}"))
        .Where(program => program is not null)
        .Select(program => new[] { program! })
        .FirstOrDefault();

    /// <summary>Installs the kernel where it is missing and opens the notebook; the server runs until it is stopped.</summary>
    /// <param name="script">The path of <c>./rabbit</c>.</param>
    /// <param name="notebook">A notebook, or a folder of them.</param>
    /// <param name="page">"lab" or "notebook"; null chooses the one that is installed.</param>
    /// <param name="arguments">For Jupyter, such as --no-browser.</param>
    /// <param name="cancellationToken">Ends the server.</param>
    /// <returns>The server's exit code.</returns>
    /// <exception cref="JupyterException">There is no Jupyter, or the kernel can't be installed.</exception>
    public static async Task<int> OpenAsync(
        string script, string notebook, string? page = null, IReadOnlyList<string>? arguments = null,
        CancellationToken cancellationToken = default)
    {
        var command = Find(page) ?? throw new JupyterException($"There is no jupyter-{page ?? "notebook"} in PATH. {Remedy}");
        if (!KernelInstallation.IsInstalled(script))
            KernelInstallation.Install(script);
        // Jupyter refuses to run as root, which is usually a mistake; in a container it is normal.
        IEnumerable<string> root = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? ["--allow-root"] : [];
        string[] all = [.. command.Skip(1), Path.GetFullPath(notebook), .. root, .. arguments ?? []];
        using var server = Process.Start(new ProcessStartInfo(command[0], all) { UseShellExecute = false })!;
        try
        {
            await server.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C has reached the server too; it asks whether to stop, and a second one says yes.
            await server.WaitForExitAsync(CancellationToken.None);
        }

        return server.ExitCode;
    }
}
