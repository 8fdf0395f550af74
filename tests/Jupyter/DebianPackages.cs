namespace LlmRabbitHoles.Jupyter.Tests;

/// <summary>Debian's Jupyter, installed when a test first needs it.</summary>
internal static class DebianPackages
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly Dictionary<string, string> Environment = new() { ["DEBIAN_FRONTEND"] = "noninteractive" };

    private static readonly Lazy<string?> WhyNoJupyter = new(() => WhyNot(
        "jupyter-notebook", "jupyter-nbconvert", "jupyter-client", "python3-nbclient", "python3-jupyter-kernel-test"));

    private static readonly Lazy<string?> WhyNoBrowser = new(() => WhyNot("chromium"));

    /// <summary>Skips the test when Jupyter is missing and cannot be installed; fails it in CI, where Jupyter is required.</summary>
    public static void NeedJupyter() => Need(WhyNoJupyter.Value);

    /// <summary>As <see cref="NeedJupyter"/>, for Chromium.</summary>
    public static void NeedBrowser() => Need(WhyNoBrowser.Value);

    /// <summary>Skips the test for that reason; null does nothing.</summary>
    public static void Need(string? whyNot)
    {
        if (whyNot is null)
            return;
        if (System.Environment.GetEnvironmentVariable("CI") is "true" or "1")
            Assert.Fail($"{whyNot} In CI nothing is skipped.");
        Assert.Skip(whyNot);
    }

    private static string? WhyNot(params string[] packages)
    {
        if (!File.Exists("/usr/bin/apt-get"))
            return $"These tests want Debian's {string.Join(", ", packages)}, and there is no apt-get here.";
        string[] missing = [.. packages.Where(package => !IsInstalled(package))];
        if (missing.Length == 0)
            return null;
        var command = $"apt-get install -y --no-install-recommends {string.Join(' ', missing)}";
        if (!System.Environment.IsPrivilegedProcess)
            return $"These packages are missing and only root may install them: sudo {command}";
        if (Apt("install", missing).ExitCode == 0)
            return null;
        Apt("update");
        var outcome = Apt("install", missing);
        return outcome.ExitCode == 0 ? null : $"`{command}` failed: {outcome.Error.Trim().Split('\n').Last()}";
    }

    private static bool IsInstalled(string package) =>
        Run("dpkg-query", "-W", "-f=${db:Status-Status}", package) is { ExitCode: 0, Output: "installed" };

    private static Outcome Apt(string verb, params string[] packages) =>
        Run("apt-get", [
            "-o", "DPkg::Lock::Timeout=120", verb, "-y",
            .. verb == "install" ? ["--no-install-recommends"] : Array.Empty<string>(), .. packages]);

    private static Outcome Run(string program, params string[] arguments) => Outcome.Of(Patience, "/", Environment, program, arguments);
}
