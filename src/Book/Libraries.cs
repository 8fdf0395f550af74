using System.Security.Cryptography;
using System.Text;

namespace LlmRabbitHoles.Book;

/// <summary>The npm packages that make the book, installed from the lock file into .rabbit/ on first use.</summary>
internal sealed class Libraries
{
    private Libraries(string folder) => Folder = folder;

    /// <summary>The folder where Node.js programs find the packages.</summary>
    public string Folder { get; }

    /// <summary>A file of a package.</summary>
    public string File(string package, string file) => Path.Combine([Folder, "node_modules", .. package.Split('/'), .. file.Split('/')]);

    /// <exception cref="BookException">npm is missing or could not install them.</exception>
    public static async Task<Libraries> InstallAsync(string root, CancellationToken cancellationToken)
    {
        var (manifest, locked) = (Assets.Text("package.json"), Assets.Text("package-lock.json"));
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
        var npm = await NodeProgram.RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder, "", cancellationToken);
        if (npm.ExitCode == 0)
            return;
        var reason = npm.Error.Split('\n').Select(line => line.Trim()).LastOrDefault(
            line => line.StartsWith("npm error", StringComparison.Ordinal) && !line.Contains("log of this run", StringComparison.Ordinal));
        throw new BookException($"npm could not install the book's libraries ({reason ?? $"it ended with code {npm.ExitCode}"}); " +
            "it needs the network once. Fix that and run ./rabbit book again.");
    }
}
