namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Finds members' documentation in the XML files beside assemblies.</summary>
/// <remarks>
/// .NET's own files lie in the SDK's reference pack and are cut along the reference assemblies: String is in System.Runtime.xml
/// though it lives in System.Private.CoreLib. So all of them are looked through.
/// </remarks>
internal static class XmlDocumentation
{
    private static readonly Lazy<string[]> OfFramework = new(FindReferencePack);

    /// <summary>The member's element, or null when none is found.</summary>
    /// <param name="id">As the compiler forms it: <c>M:System.Console.WriteLine(System.String)</c>.</param>
    /// <param name="assembly">The path of the assembly that has the member.</param>
    public static string? Find(string id, string assembly)
    {
        var beside = Path.ChangeExtension(assembly, ".xml");
        if (File.Exists(beside))
            return MemberIndex.Of(beside).Find(id);
        return IsFramework(assembly)
            ? OfFramework.Value.Select(file => MemberIndex.Of(file).Find(id)).FirstOrDefault(found => found is not null)
            : null;
    }

    private static bool IsFramework(string assembly) =>
        Path.GetDirectoryName(assembly) == Path.GetDirectoryName(typeof(object).Assembly.Location);

    /// <summary>The files of the pack of this runtime's version, else of the newest one there is; System.Runtime's first.</summary>
    private static string[] FindReferencePack()
    {
        // .../dotnet/shared/Microsoft.NETCore.App/10.0.1/System.Private.CoreLib.dll
        var runtime = new FileInfo(typeof(object).Assembly.Location).Directory!;
        var packs = Path.Combine(runtime.Parent?.Parent?.Parent?.FullName ?? "", "packs", "Microsoft.NETCore.App.Ref");
        var cached = Path.Combine(
            Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
            "microsoft.netcore.app.ref");
        var files = new[] { packs, cached }
            .Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories)
            .OrderByDescending(folder => Path.GetFileName(folder) == runtime.Name)
            .ThenByDescending(folder => Version.TryParse(Path.GetFileName(folder), out var version) ? version : new Version(0, 0))
            .Select(version => Path.Combine(version, "ref"))
            .Where(Directory.Exists)
            .Select(folder => Directory.GetFiles(folder, "*.xml", SearchOption.AllDirectories))
            .FirstOrDefault(found => found.Length > 0) ?? [];
        return [.. files.OrderByDescending(file => Path.GetFileName(file) == "System.Runtime.xml").ThenBy(
            file => file, StringComparer.Ordinal)];
    }
}
