using System.ComponentModel;
using System.Runtime.InteropServices;
using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.CommandLine;

/// <summary>The SDK that builds the repository; the program itself needs the runtime only.</summary>
internal static class DotnetSdk
{
    /// <exception cref="WorkFailedException">There is no SDK that global.json accepts.</exception>
    public static string Version()
    {
        try
        {
            var sdk = ChildProcess.CaptureAsync("dotnet", ["--version"], Environment.CurrentDirectory, "", CancellationToken.None)
                .GetAwaiter().GetResult();
            if (sdk.ExitCode != 0) throw new WorkFailedException("no SDK that global.json accepts");
            return $"{sdk.Output.Trim()}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}";
        }
        catch (Win32Exception)
        {
            throw new WorkFailedException("no dotnet in PATH");
        }
    }
}
