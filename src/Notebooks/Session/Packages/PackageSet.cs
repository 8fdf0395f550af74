using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LlmRabbitHoles.Notebooks.Session.Packages;

/// <summary>The packages that a session's cells reference, restored together so that shared dependencies have one version.</summary>
/// <param name="restore">Restores them.</param>
/// <param name="assemblies">Receives the locations of their assemblies and native libraries.</param>
internal sealed class PackageSet(PackageRestore restore, SessionAssemblies assemblies)
{
    private ImmutableArray<PackageReference> _packages = [];
    private RestoredPackages _restored = RestoredPackages.None;

    /// <summary>The runtime assemblies of all of them.</summary>
    public IReadOnlyList<string> Runtime => _restored.Runtime;

    /// <summary>Restores packages together with those of earlier cells.</summary>
    /// <returns>The references to compile against: the packages' assemblies and those of their dependencies.</returns>
    /// <exception cref="PackageException">They cannot be restored; the packages of earlier cells stay.</exception>
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
