using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.CommandLine;

/// <summary>The extension of src/VsCode as one file, a <c>.vsix</c>.</summary>
internal static class ExtensionPackage
{
    private static readonly string _root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, ".."));
    private static readonly string _source = Path.Combine(_root, "src", "VsCode");

    /// <summary>The extension's name in an editor: publisher and name of src/VsCode/package.json.</summary>
    public const string Id = "llm-rabbit-holes.llm-rabbit-holes";

    /// <summary>Where the extension is packed to by default.</summary>
    public static string DefaultFile { get; } = Path.Combine(_root, "artifacts", "llm-rabbit-holes.vsix");

    /// <summary>Whether the package is there and no source of it is newer.</summary>
    public static bool IsCurrent =>
        File.Exists(DefaultFile) && Sources().All(source => source.LastWriteTimeUtc <= File.GetLastWriteTimeUtc(DefaultFile));

    /// <summary>Installs what packing needs, compiles and packs; the file is complete or as it was before.</summary>
    /// <exception cref="WorkFailedException">npm is missing or fails.</exception>
    public static async Task PackAsync(string file, CancellationToken cancellationToken)
    {
        var npm = new Npm(_source);
        if (!npm.IsInstalled)
        {
            Terminal.Error.WriteLine("installing what src/VsCode is built with (npm ci, a minute the first time)");
            await npm.InstallAsync(cancellationToken);
        }
        Terminal.Error.WriteLine("packing the extension");
        var target = OutputFile.Resolve(file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var aside = $"{target}.{Environment.ProcessId}.part";
        try
        {
            await npm.RunScriptAsync("pack", ["--out", aside], cancellationToken);
            File.Move(aside, target, overwrite: true);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    // All but what npm and the compiler make.
    private static IEnumerable<FileInfo> Sources() => new DirectoryInfo(_source).EnumerateFiles().Concat(
        new DirectoryInfo(_source).EnumerateDirectories().Where(folder => folder.Name is not ("node_modules" or "out"))
            .SelectMany(folder => folder.EnumerateFiles("*", SearchOption.AllDirectories)));
}
