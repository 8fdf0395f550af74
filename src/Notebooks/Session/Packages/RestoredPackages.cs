using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Notebooks.Session.Packages;

/// <summary>The files of packages on this machine, with all dependencies.</summary>
/// <param name="Compile">Paths of the assemblies to compile against.</param>
/// <param name="Runtime">Paths of the assemblies to load.</param>
/// <param name="NativeFolders">The folders of their native libraries.</param>
internal sealed record RestoredPackages(IReadOnlyList<string> Compile, IReadOnlyList<string> Runtime, IReadOnlyList<string> NativeFolders)
{
    /// <summary>A placeholder for a folder without files in a package.</summary>
    private const string Nothing = "_._";

    public static RestoredPackages None { get; } = new([], [], []);

    /// <summary>Reads the result of <c>dotnet restore</c>.</summary>
    /// <param name="assets">obj/project.assets.json</param>
    public static RestoredPackages Read(JsonObject assets)
    {
        var folders = assets["packageFolders"]!.AsObject().Select(folder => folder.Key).ToArray();
        var libraries = assets["libraries"]!.AsObject();
        var (compile, runtime, native) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var (key, files) in assets["targets"]!.AsObject().First().Value!.AsObject())
        {
            string Full(string file) =>
                folders.Select(folder => Path.Combine(folder, libraries[key]!["path"]!.GetValue<string>(), file)).First(File.Exists);
            IEnumerable<string> Listed(string kind) => (files![kind] as JsonObject ?? []).Select(file => file.Key).Where(
                file => !file.EndsWith(Nothing, StringComparison.Ordinal));
            compile.AddRange(Listed("compile").Where(IsWanted).Select(Full));
            var forHere = ForThisMachine(files!["runtimeTargets"] as JsonObject ?? []);
            var special = forHere.Where(file => file.Type == "runtime").Select(file => file.Path).ToList();
            runtime.AddRange((special.Count > 0 ? special : Listed("runtime")).Where(IsWanted).Select(Full));
            native.AddRange(forHere.Where(file => file.Type == "native").Select(file => Path.GetDirectoryName(Full(file.Path))!));
        }

        return new RestoredPackages(compile, runtime, [.. native.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>.NET has newer copies of many dependencies of packages.</summary>
    private static bool IsWanted(string file) =>
        file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && HostReferences.Find(Path.GetFileNameWithoutExtension(file)) is null;

    /// <summary>The files for the nearest to this machine's platform: linux-x64 before linux before unix before any.</summary>
    private static List<(string Path, string Type)> ForThisMachine(JsonObject targets)
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string[] nearestFirst = [$"{system}-{architecture}", system, $"unix-{architecture}", "unix", "any"];
        return
        [
            .. targets
                .Select(file =>
                    (Path: file.Key, Type: file.Value!["assetType"]!.GetValue<string>(), Platform: file.Value["rid"]!.GetValue<string>()))
                .Where(file => nearestFirst.Contains(file.Platform)
                    && !(OperatingSystem.IsWindows() && file.Platform.StartsWith("unix", StringComparison.Ordinal)))
                .GroupBy(file => file.Type)
                .SelectMany(type => type.GroupBy(file => file.Platform).MinBy(platform => Array.IndexOf(nearestFirst, platform.Key))!)
                .Select(file => (file.Path, file.Type)),
        ];
    }
}
