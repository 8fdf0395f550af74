using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LlmRabbitHoles.Notebooks.Session.Packages;

/// <summary>The packages that a session's cells asked for, restored together so that they agree on what they share.</summary>
/// <param name="restore">Gets them.</param>
/// <param name="assemblies">Is told where their assemblies and native libraries are.</param>
internal sealed class PackageSet(PackageRestore restore, SessionAssemblies assemblies)
{
    private ImmutableArray<PackageReference> _packages = [];
    private RestoredPackages _restored = RestoredPackages.None;

    /// <summary>The runtime assemblies of all of them.</summary>
    public IReadOnlyList<string> Runtime => _restored.Runtime;

    /// <summary>Gets packages, with those of the cells before.</summary>
    /// <returns>What to compile against: the packages' own assemblies and those of what they depend on.</returns>
    /// <exception cref="PackageException">They can't be had; those of the cells before stay.</exception>
    public async Task<IReadOnlyList<MetadataReference>> AddAsync(
        IEnumerable<PackageReference> packages, CancellationToken cancellationToken)
    {
        var all = _packages.RemoveAll(old => packages.Any(package => package.Name.Equals(old.Name, StringComparison.OrdinalIgnoreCase)))
            .AddRange(packages.Distinct());
        if (!all.SequenceEqual(_packages))
            _restored = await restore.RestoreAsync(all, cancellationToken);
        _packages = all;
        foreach (var path in _restored.Runtime)
            assemblies.AddPath(path);
        foreach (var folder in _restored.NativeFolders)
            assemblies.AddFolder(folder);
        return [.. _restored.Compile.Select(path => MetadataReference.CreateFromFile(path))];
    }
}
