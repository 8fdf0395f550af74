namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>What an installation wrote.</summary>
/// <param name="Name">The kernel's name for Jupyter.</param>
/// <param name="Folder">Where its spec is.</param>
/// <param name="Other">The kernel that keeps the name which the series' notebooks ask for; null when ours has it.</param>
public sealed record InstalledKernel(string Name, string Folder, string? Other);
