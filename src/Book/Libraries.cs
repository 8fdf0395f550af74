using System.Security.Cryptography;
using System.Text;

namespace LlmRabbitHoles.Book;

/// <summary>npm packages that make the book, installed from a lock file into .rabbit/ on first use.</summary>
internal sealed class Libraries
{
    private Libraries(string folder) => Folder = folder;

    /// <summary>The folder where Node.js programs find the packages.</summary>
    public string Folder { get; }

    /// <summary>A file of a package.</summary>
    public string File(string package, string file) => Path.Combine([Folder, "node_modules", .. package.Split('/'), .. file.Split('/')]);

    /// <param name="root">The repository.</param>
    /// <param name="assets">Where package.json and its lock file lie among the <see cref="Assets"/>: "" or "live/".</param>
    /// <param name="cancellationToken">Leaves them uninstalled.</param>
    /// <exception cref="BookException">npm is missing or could not install them.</exception>
    public static async Task<Libraries> InstallAsync(string root, string assets, CancellationToken cancellationToken)
    {
        var (manifest, locked) = (Assets.Text(assets + "package.json"), Assets.Text(assets + "package-lock.json"));
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest + locked)))[..12];
        var folder = Path.Combine(root, ".rabbit", "book", version);
        if (Directory.Exists(folder))
            return new Libraries(folder);
        var aside = $"{folder}.{Guid.NewGuid():N}.part";
        Directory.CreateDirectory(aside);
        try
        {
            await System.IO.File.WriteAllTextAsync(Path.Combine(aside, "package.json"), manifest, cancellationToken);
            await System.IO.File.WriteAllTextAsync(Path.Combine(aside, "package-lock.json"), locked, cancellationToken);
            await RunNpmAsync(aside, cancellationToken);
            // Another process may have installed them meanwhile; its packages are the same.
            if (!Directory.Exists(folder))
                Directory.Move(aside, folder);
            return new Libraries(folder);
        }
        finally
        {
            if (Directory.Exists(aside))
                Directory.Delete(aside, recursive: true);
        }
    }

    private static async Task RunNpmAsync(string folder, CancellationToken cancellationToken)
    {
        string[] arguments = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
        var npm = await NodeProgram.RunAsync("npm", arguments, folder, "", cancellationToken);
        if (npm.ExitCode == 0)
            return;
        var reason = npm.Error.Split('\n').Select(line => line.Trim()).LastOrDefault(
            line => line.StartsWith("npm error", StringComparison.Ordinal) && !line.Contains("log of this run", StringComparison.Ordinal));
        throw new BookException($"npm could not install the book's libraries ({reason ?? $"it ended with code {npm.ExitCode}"}); " +
            "it needs the network once. Fix that and run ./rabbit book again.");
    }
}
