namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>The result of an installation.</summary>
/// <param name="Name">The kernel's name for Jupyter.</param>
/// <param name="Folder">Where its spec is.</param>
/// <param name="Other">Another kernel that has the name the series' notebooks ask for; null when ours has it.</param>
public sealed record InstalledKernel(string Name, string Folder, string? Other);
