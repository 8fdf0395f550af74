using System.Security.Cryptography;
using System.Text;

namespace LlmRabbitHoles.Book;

/// <summary>
/// Alice in the reader's browser: a script that every page loads, made of live/ by Node.js, and the model, which that script loads on
/// demand.
/// </summary>
internal sealed class LiveModel
{
    private const string Sources = "live/";

    private readonly string _script;
    private readonly string _licence;
    private readonly string? _model;

    private LiveModel(string script, string licence, string? model) => (_script, _licence, _model) = (script, licence, model);

    /// <summary>Whether the repository has the model; without it the book has only the script, which refuses to load.</summary>
    public bool IsThere => _model is not null;

    /// <summary>How large the model is on disk.</summary>
    public long Bytes => _model is null ? 0 : Encoding.UTF8.GetByteCount(_model);

    /// <exception cref="BookException">npm or Node.js is missing, or the script or the model cannot be made.</exception>
    public static async Task<LiveModel> PrepareAsync(string root, CancellationToken cancellationToken)
    {
        var libraries = await Libraries.InstallAsync(root, Sources, cancellationToken);
        var script = await BundleAsync(libraries, cancellationToken);
        var folder = Path.Combine(root, "data", "models", "alice");
        return new LiveModel(
            script, libraries.File("@huggingface/jinja", "LICENSE"), Directory.Exists(folder) ? ModelScript.Of(folder) : null);
    }

    public void CopyTo(BookFolder folder)
    {
        folder.Copy(_script, "assets/alice/alice.js");
        folder.Copy(_licence, "assets/licences/huggingface-jinja.txt");
        if (_model is not null)
            folder.Write("assets/alice/model.js", _model);
    }

    // Compiling the kernel takes seconds, so the script is kept beside the packages until a source changes.
    private static async Task<string> BundleAsync(Libraries libraries, CancellationToken cancellationToken)
    {
        var sources = Assets.Names(Sources).Select(name => (Name: name, Text: Assets.Text(name))).ToList();
        var script = Path.Combine(libraries.Folder, $"alice-{VersionOf(sources)}.js");
        if (File.Exists(script))
            return script;
        var aside = $"{script}.{Guid.NewGuid():N}";
        try
        {
            foreach (var source in sources)
                await WriteAsync(Path.Combine(aside, source.Name), source.Text, cancellationToken);
            var bundle = Path.Combine(aside, "alice.js");
            string[] arguments = [Path.Combine(aside, Sources, "bundle.mjs"), bundle];
            var node = await NodeProgram.RunAsync("node", arguments, aside, "", cancellationToken);
            if (node.ExitCode != 0)
                throw new BookException($"Node.js could not make the script that runs Alice: {node.Error.Trim()}");
            File.Move(bundle, script, overwrite: true);
            return script;
        }
        finally
        {
            if (Directory.Exists(aside))
                Directory.Delete(aside, recursive: true);
        }
    }

    private static string VersionOf(IEnumerable<(string Name, string Text)> sources)
    {
        var all = string.Concat(sources.Select(source => $"{source.Name}\0{source.Text}\0"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..12];
    }

    private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text, cancellationToken);
    }
}
