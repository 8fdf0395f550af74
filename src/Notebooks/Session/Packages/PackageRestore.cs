using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Notebooks.Session.Packages;

/// <summary>Restores packages with <c>dotnet restore</c> in a generated project, and remembers the result.</summary>
/// <param name="folder">The notebook's folder, whose nuget.config names the package sources.</param>
/// <param name="cache">A folder with one subfolder for each requested set of packages.</param>
internal sealed partial class PackageRestore(string folder, string cache)
{
    private const string NoSettings = "<Project />\n";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <exception cref="PackageException">The packages cannot be restored.</exception>
    public async Task<RestoredPackages> RestoreAsync(ImmutableArray<PackageReference> packages, CancellationToken cancellationToken)
    {
        var home = Path.Combine(cache, KeyOf(packages));
        if (Known(home) is { } known)
            return known;
        WriteProject(home, packages);
        await RunAsync(home, packages, cancellationToken);
        return Known(home) ?? throw new PackageException(
            $"{NamesOf(packages)} can't be restored: 'dotnet restore' left no list of their files in '{home}'.");
    }

    private string KeyOf(ImmutableArray<PackageReference> packages) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', packages.Select(
            package => $"{package.Name.ToLowerInvariant()} {package.Version}").Order(StringComparer.Ordinal).Append(folder)))))[..16];

    /// <summary>The result of an earlier restore, unless its files are gone.</summary>
    private static RestoredPackages? Known(string home)
    {
        var assets = Path.Combine(home, "obj", "project.assets.json");
        if (!File.Exists(assets) || !File.Exists(Path.Combine(home, "done")))
            return null;
        try
        {
            return RestoredPackages.Read(StrictJson.ParseNode(File.ReadAllBytes(assets), assets)!.AsObject());
        }
        catch (Exception stale) when (stale is System.Text.Json.JsonException or InvalidOperationException or NullReferenceException
            or IOException)
        {
            return null;
        }
    }

    /// <summary>The empty files keep settings of parent folders away from it.</summary>
    private static void WriteProject(string home, ImmutableArray<PackageReference> packages)
    {
        Directory.CreateDirectory(home);
        File.Delete(Path.Combine(home, "done"));
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(home, name), NoSettings);
        var items = string.Concat(
            packages.Select(package => $"    <PackageReference Include=\"{package.Name}\" Version=\"{package.Version}\" />\n"));
        File.WriteAllText(Path.Combine(home, "packages.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net{Environment.Version.Major}.{Environment.Version.Minor}</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
            {items}  </ItemGroup>
            </Project>

            """);
    }

    private async Task RunAsync(string home, ImmutableArray<PackageReference> packages, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var restored = await Running.ChildProcess.CaptureAsync(
                Running.KernelProgram.DotNet,
                ["restore", "packages.csproj", "-nologo", "-nodeReuse:false", $"-p:RestoreRootConfigDirectory={folder}"],
                home, "", limit.Token, SetEnvironment);
            if (restored.ExitCode != 0)
                throw new PackageException($"{NamesOf(packages)} can't be restored: {Reason(restored.Output)}");
            await File.WriteAllTextAsync(Path.Combine(home, "done"), "", cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PackageException($"{NamesOf(packages)} can't be restored: 'dotnet restore' did not end in " +
                $"{Patience.TotalMinutes:0} minutes; see whether the sources in nuget.config can be reached.");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new PackageException(
                $"Packages need the .NET SDK, and '{Running.KernelProgram.DotNet}' can't be started: {missing.Message}.");
        }
    }

    private static void SetEnvironment(IDictionary<string, string?> environment)
    {
        // The kernel's own settings for MSBuild, when a build started it, are not this project's.
        foreach (var name in environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
            environment.Remove(name);
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_NOLOGO"] = "1";
    }

    private static string NamesOf(ImmutableArray<PackageReference> packages) => packages.Length == 1
        ? $"The package {packages[0]}"
        : $"The packages {string.Join(", ", packages)}";

    /// <summary>The first error, without the project's path, else the last line of output.</summary>
    private static string Reason(string said)
    {
        var lines = said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var error = lines.Select(line => Error().Match(line)).FirstOrDefault(match => match.Success);
        return error?.Groups["text"].Value ?? lines.LastOrDefault() ?? "'dotnet restore' gave no reason";
    }

    [GeneratedRegex(@"error\s+(?<text>\w+:\s.*?)(\s+\[[^\]]*\])?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Error();
}

/// <summary>Thrown when packages cannot be restored. The message is one sentence for the reader.</summary>
internal sealed class PackageException(string message) : Exception(message);
