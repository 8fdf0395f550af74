using System.Diagnostics;

namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>
/// A repository of a few empty files with the real ./rabbit in it, a `dotnet` that writes down what it is asked, and an `npm` whose tests
/// end as they are told to.
/// </summary>
internal sealed class ScriptedRepository : IDisposable
{
    private const string Dotnet = """
        #!/usr/bin/env bash
        echo "$*" >>"$LOG"
        case $* in
            --version) echo 10.0.100 ;;
            restore*) [ -e "${0%/*}/../gpu-packages" ] || { echo "error NU1101: no such package"; exit 1; } ;;
            build*) [ ! -e src/broken ] || { echo "src/broken.cs(1,1): error CS0000: broken"; exit 1; }
                    sleep 0.2; mkdir -p bin; touch bin/rabbit.dll ;;
            *Tests.dll*) report="${*: -1}"; dll=$1; [ ! -f "${dll%.dll}.xml" ] || cp "${dll%.dll}.xml" "$report"
                         exit "$(cat "${dll%.dll}.exit")" ;;
            *rabbit.dll*) shift; echo "ran: $*" ;;
        esac
        """;

    private const string Npm = """
        #!/usr/bin/env bash
        case $1 in
            ci) mkdir -p node_modules; touch node_modules/.package-lock.json ;;
            test) [ ! -f report ] || cp report "../../.rabbit/$(basename "$PWD").tap"; exit "$(cat exit)" ;;
        esac
        """;

    public ScriptedRepository()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "tools"));
        File.Copy(Path.Combine(Rabbit.Root, "rabbit"), Path.Combine(Folder, "rabbit"));
        foreach (var file in new[]
        {
            "src/Console/Console.csproj", "src/Console/Program.cs", "data/corpus/words.txt", "data/exam/facts.txt", "global.json",
            "Directory.Build.targets"
        })
            Touch(file);
        Write("Directory.Packages.props", "<PackageVersion Include=\"TorchSharp-cuda-linux\" Version=\"0.107.0\" />\n");
        WriteProgram("tools/dotnet", Dotnet);
        WriteProgram("tools/npm", Npm);
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"rabbit-script-{Guid.NewGuid():N}");

    /// <summary>What `dotnet` was asked, one line a call.</summary>
    public IReadOnlyList<string> Calls => File.Exists(Log) ? File.ReadAllLines(Log) : [];

    public int Builds => Calls.Count(call => call.StartsWith("build", StringComparison.Ordinal));

    private string Log => Path.Combine(Folder, "calls");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public void Touch(string file) => Write(file, "");

    public void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>A test assembly that reports these counts, or nothing, and ends with this code.</summary>
    public void AddTests(string name, string? counts, int exitCode)
    {
        var folder = $"tests/{name}/bin/Release/net10.0/{name}.Tests";
        Touch(folder + ".dll");
        Write(folder + ".exit", $"{exitCode}");
        if (counts is not null)
            Write(folder + ".xml", $"<assemblies><assembly name=\"x\" {counts}><collection passed=\"900\" /></assembly></assemblies>");
    }

    /// <summary>A Node project whose tests leave this TAP report, or none, and end with this code.</summary>
    public void AddNodeTests(string name, string? report, int exitCode)
    {
        Write($"tests/{name}/package.json", """{ "scripts": { "test": "node --test" } }""");
        Touch($"tests/{name}/package-lock.json");
        Write($"tests/{name}/exit", $"{exitCode}");
        if (report is not null) Write($"tests/{name}/report", report);
    }

    public Outcome Run(params string[] args)
    {
        using var process = Start(Path.Combine(Folder, "rabbit"), args);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, error.Result);
    }

    public Process Start(string script, params string[] args)
    {
        var start = new ProcessStartInfo("bash", [script, .. args])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var name in new[] { "RABBIT_TORCH", "DOTNET_ROOT" }) start.Environment.Remove(name);
        if (Torch is not null) start.Environment["RABBIT_TORCH"] = Torch;
        start.Environment["LOG"] = Log;
        start.Environment["PATH"] = $"{Folder}/tools:/usr/bin:/bin";
        return Process.Start(start)!;
    }

    /// <summary>What RABBIT_TORCH says; <see langword="null"/>: nothing.</summary>
    public string? Torch { get; set; } = "cpu";

    /// <summary>A machine whose `nvidia-smi` answers.</summary>
    public void AddGpu(bool packagesRestore)
    {
        WriteProgram("tools/nvidia-smi", "#!/bin/sh\n");
        if (packagesRestore) Touch("gpu-packages");
    }

    private void WriteProgram(string file, string text)
    {
        Write(file, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(Folder, file), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
