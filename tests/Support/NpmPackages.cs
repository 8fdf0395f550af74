using System.ComponentModel;
using System.Diagnostics;

namespace LlmRabbitHoles.Tests;

/// <summary>The programs of tests/Oracles, installed by its lock file when a test first needs them: 37 MB, seconds.</summary>
internal static class NpmPackages
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string _folder = Path.Combine(Repository.Root, "tests", "Oracles");
    private static readonly Lazy<string?> _whyNot = new(WhyNotInstalled);

    /// <summary>The installed package's folder; the test is skipped where npm cannot install it.</summary>
    public static string Folder(string package)
    {
        if (_whyNot.Value is { } reason) Assert.Skip(reason);
        var folder = Path.Combine([_folder, "node_modules", .. package.Split('/')]);
        if (!Directory.Exists(folder)) Assert.Skip($"npm has no {package} for this system.");
        return folder;
    }

    /// <summary>Runs a script of tests/Oracles.</summary>
    /// <returns>What it prints.</returns>
    public static string RunScript(string script, params string[] arguments)
    {
        if (_whyNot.Value is { } reason) Assert.Skip(reason);
        var (exitCode, output, error) = Run("node", [script, .. arguments]);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static string? WhyNotInstalled()
    {
        var installed = Path.Combine(_folder, "node_modules", ".package-lock.json");
        if (File.Exists(installed)
            && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(Path.Combine(_folder, "package-lock.json")))
            return null;
        try
        {
            var (exitCode, _, error) = Run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
            return exitCode == 0 ? null : "npm could not install tests/Oracles: " +
                $"{error.Split('\n').LastOrDefault(line => line.Contains("error", StringComparison.Ordinal))}";
        }
        catch (Win32Exception)
        {
            return "There is no npm in PATH to install tests/Oracles with.";
        }
    }

    private static (int ExitCode, string Output, string Error) Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (process.WaitForExit(Patience)) return (process.ExitCode, output.Result, error.Result);
        process.Kill(entireProcessTree: true);
        return (-1, "", $"error: {program} took more than {Patience.TotalMinutes} minutes");
    }
}
