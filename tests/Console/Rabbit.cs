using System.Diagnostics;

namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>Runs bin/rabbit.dll as its users do: as a process, with what it writes and how it ends.</summary>
internal static class Rabbit
{
    public static readonly string Root = FindRoot();

    /// <summary>Runs to the end with this input.</summary>
    public static Outcome RunWith(string input, params string[] args) => Finish(Start(args), input);

    /// <summary>Runs to the end with these environment variables.</summary>
    public static Outcome RunIn((string Name, string Value)[] variables, params string[] args)
    {
        var start = Prepare(args);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return Finish(Process.Start(start)!, "");
    }

    public static Outcome Run(params string[] args) => RunWith("", args);

    public static Process Start(params string[] args) => Process.Start(Prepare(args))!;

    private static Outcome Finish(Process started, string input)
    {
        using var process = started;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, error.Result);
    }

    private static ProcessStartInfo Prepare(string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Root, "bin", "rabbit.dll"), .. args])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in new[] { "RABBIT_MODEL", "RABBIT_DEVICE", "RABBIT_DEBUG" }) start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "de_DE.UTF-8";    // where 1.5 is written 1,5: nothing that the program writes may depend on it
        return start;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LlmRabbitHoles.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

/// <summary>How a process ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>One sentence on stderr, nothing on stdout, no stack trace.</summary>
    public void IsRefused(int exitCode, string because)
    {
        Assert.Equal(exitCode, ExitCode);
        Assert.Contains(because, Error);
        Assert.StartsWith("rabbit: ", Error);
        Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.Empty(Output);
    }
}
