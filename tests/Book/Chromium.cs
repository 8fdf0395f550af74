using System.ComponentModel;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Book.Tests;

/// <summary>The distribution's browser, installed if permitted, and the script that checks accessibility.</summary>
internal static class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly string Folder = System.IO.Path.Combine(Repository.Root, "tests", "Book");
    private static readonly Lazy<string?> Found = new(() => Existing() ?? Installed());

    /// <summary>The program; null when it is missing and may not be installed.</summary>
    public static string? Program => Found.Value;

    /// <summary>axe-core as one script, by the lock file beside the tests.</summary>
    public static string Axe()
    {
        var (script, stamp) = (System.IO.Path.Combine(Folder, "node_modules", "axe-core", "axe.min.js"),
            System.IO.Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (!File.Exists(stamp)
            || File.GetLastWriteTimeUtc(stamp) < File.GetLastWriteTimeUtc(System.IO.Path.Combine(Folder, "package-lock.json")))
        {
            var (exitCode, _, error) = OutsideProgram.Run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], Folder);
            Assert.True(exitCode == 0, error);
        }

        return File.ReadAllText(script);
    }

    private static string? Existing() => Places.FirstOrDefault(File.Exists);

    private static string? Installed()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists("/usr/bin/apt-get"))
            return null;
        try
        {
            if (Install() != 0)
            {
                OutsideProgram.Run("apt-get", ["-o", "DPkg::Lock::Timeout=120", "update"], "/");
                Install();
            }
        }
        catch (Win32Exception)
        {
            return null;
        }

        return Existing();
    }

    private static int Install() =>
        OutsideProgram.Run("apt-get", ["-o", "DPkg::Lock::Timeout=120", "install", "-y", "--no-install-recommends", "chromium"],
            "/", ("DEBIAN_FRONTEND", "noninteractive")).ExitCode;
}
