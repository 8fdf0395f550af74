using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LlmRabbitHoles.CommandLine.Doctor;

/// <summary>The SDK that builds the repository; the program itself needs the runtime only.</summary>
internal static class DotnetSdk
{
    /// <exception cref="WorkFailedException">There is no SDK that global.json accepts.</exception>
    public static string Version()
    {
        try
        {
            var start = new ProcessStartInfo("dotnet", "--version") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new WorkFailedException("no SDK that global.json accepts");
            return $"{version}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}";
        }
        catch (Win32Exception)
        {
            throw new WorkFailedException("no dotnet in PATH");
        }
    }
}
