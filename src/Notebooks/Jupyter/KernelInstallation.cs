namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>Installs this kernel's spec for Jupyter and removes it.</summary>
public static class KernelInstallation
{
    /// <summary>
    /// Writes the spec under the name that the series' notebooks ask for, or under a second name if another kernel has the first.
    /// </summary>
    /// <param name="script">The path of <c>./rabbit</c>.</param>
    /// <param name="prefix">An installation of Python; its share/jupyter gets the spec. Null writes to the user's own data folder.</param>
    /// <param name="force">Whether to take the name from another kernel.</param>
    /// <returns>The name and folder that were written.</returns>
    /// <exception cref="JupyterException">Other kernels have both names, or the folder cannot be written.</exception>
    public static InstalledKernel Install(string script, string? prefix = null, bool force = false)
    {
        var dataFolder = prefix is null ? JupyterFolders.User : JupyterFolders.OfPrefix(prefix);
        var other = force ? null : Others(dataFolder, KernelSpec.Name).FirstOrDefault();
        if (other is not null && Others(dataFolder, KernelSpec.OtherName).FirstOrDefault() is { } second)
        {
            throw new JupyterException(
                $"Other kernels have the names '{KernelSpec.Name}' ('{other.DisplayName}' in '{other.Folder}') "
                + $"and '{KernelSpec.OtherName}' "
                + $"('{second.DisplayName}' in '{second.Folder}'). --force takes the first one from it.");
        }

        var name = other is null ? KernelSpec.Name : KernelSpec.OtherName;
        var folder = JupyterFolders.OfKernel(dataFolder, name);
        try
        {
            KernelSpec.Write(folder, KernelSpec.Create(Path.GetFullPath(script)));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new JupyterException($"The kernel's spec can't be written: {refused.Message} --prefix DIR names another place.", refused);
        }

        return new InstalledKernel(name, folder, other?.DisplayName);
    }

    /// <summary>Removes every spec of this kernel from the user's data folder, or from that of a prefix; keeps other kernels.</summary>
    /// <returns>The folders that were removed.</returns>
    public static IReadOnlyList<string> Uninstall(string? prefix = null)
    {
        var dataFolder = prefix is null ? JupyterFolders.User : JupyterFolders.OfPrefix(prefix);
        string[] names = [KernelSpec.Name, KernelSpec.OtherName];
        var ours = names.Select(name => KernelSpec.HolderOf(dataFolder, name)).Where(holder => holder is { IsOurs: true }).ToArray();
        foreach (var holder in ours)
            Directory.Delete(holder!.Folder, recursive: true);
        return [.. ours.Select(holder => holder!.Folder)];
    }

    /// <summary>Whether Jupyter starts the kernel of <paramref name="script"/> for the notebooks of the series.</summary>
    public static bool IsInstalled(string script) => JupyterFolders.All
        .Select(folder => KernelSpec.HolderOf(folder, KernelSpec.Name))
        .FirstOrDefault(holder => holder is not null)?.Script == Path.GetFullPath(script);

    /// <summary>Other kernels that have the name in that folder, or that the new spec would hide.</summary>
    private static IEnumerable<KernelSpec.Holder> Others(string dataFolder, string name) => JupyterFolders.All.Prepend(dataFolder)
        .Select(folder => KernelSpec.HolderOf(folder, name))
        .OfType<KernelSpec.Holder>()
        .Where(holder => !holder.IsOurs);
}

/// <summary>The result of an installation.</summary>
/// <param name="Name">The kernel's name for Jupyter.</param>
/// <param name="Folder">Where its spec is.</param>
/// <param name="Other">Another kernel that has the name the series' notebooks ask for; null when ours has it.</param>
public sealed record InstalledKernel(string Name, string Folder, string? Other);
