using System.ComponentModel;
using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.CommandLine;

/// <summary>npm, which installs and runs what a folder's package.json and lock file name.</summary>
internal sealed class Npm(string folder)
{
    private static readonly string[] Quiet = ["--no-audit", "--no-fund", "--no-update-notifier"];

    /// <summary>Whether the packages of the lock file are installed.</summary>
    public bool IsInstalled
    {
        get
        {
            var installed = Path.Combine(folder, "node_modules", ".package-lock.json");
            return File.Exists(installed)
                && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"));
        }
    }

    /// <exception cref="WorkFailedException">There is no npm, or it cannot get the packages.</exception>
    public Task InstallAsync(CancellationToken cancellationToken) => RunAsync(["ci", "--ignore-scripts", .. Quiet], cancellationToken);

    /// <summary>Runs a script of package.json.</summary>
    /// <exception cref="WorkFailedException">There is no npm, or the script fails.</exception>
    public Task RunScriptAsync(string script, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(["run", script, .. Quiet, "--", .. arguments], cancellationToken);

    private async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var ended = await CaptureAsync(arguments, cancellationToken);
        if (ended.ExitCode == 0) return;
        var said = (ended.Output + ended.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        throw new WorkFailedException(
            $"npm {arguments[0]} failed in '{folder}' with exit code {ended.ExitCode}: " +
            $"{Telling(said)} Run it there by hand to see all of it.");
    }

    private async Task<ProgramResult> CaptureAsync(string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await ChildProcess.CaptureAsync("npm", arguments, folder, "", cancellationToken);
        }
        catch (Win32Exception)
        {
            throw new WorkFailedException(
                "There is no npm in PATH. Install Node.js 20 or newer (Debian: sudo apt-get install nodejs npm; " +
                "else https://nodejs.org), then run this again.");
        }
    }

    private static string Telling(string[] said)
    {
        var line = said.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
            ?? said.LastOrDefault() ?? "it said nothing";
        return line.EndsWith('.') ? line : line + ".";
    }
}
