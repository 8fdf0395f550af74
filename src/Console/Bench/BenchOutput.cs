using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.CommandLine;

/// <summary><c>--format</c> and <c>--out</c> of a measurement: a table or JSON, and a file of the JSON.</summary>
internal sealed class BenchOutput
{
    private readonly FormatOption _format = new();
    private readonly Option<string?> _out = new("--out")
    {
        Description = "Write the JSON into this file too, such as bench/results/scheduler.json.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        _format.AddTo(command);
        command.Add(_out);
    }

    /// <summary>Refuses a file that cannot be written, before the work, which takes minutes.</summary>
    public void Check(ParseResult parsed)
    {
        if (parsed.GetValue(_out) is { } wanted) OutputFile.Resolve(wanted);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="result">What is written as JSON.</param>
    /// <param name="writeTable">Writes it for people.</param>
    public void Write<T>(ParseResult parsed, T result, Action writeTable)
    {
        var json = JsonOutput.Text(result);
        if (parsed.GetValue(_out) is { } file) AsideFile.WriteAllText(file, json + "\n");
        if (_format.IsJson(parsed)) Terminal.Out.WriteLine(json);
        else writeTable();
    }
}

/// <summary>Where, when and how something was measured.</summary>
/// <param name="Command">The command line.</param>
/// <param name="Model">The name of the model's folder.</param>
/// <param name="Device"><c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Dtype">The dtype that the model computes in.</param>
/// <param name="Machine">The processor and the number of threads for tensors.</param>
/// <param name="Commit">Of the working tree, with <c>-dirty</c> where files had changed; null without git.</param>
/// <param name="Date">The day, in UTC.</param>
internal sealed record BenchRun(
    string Command, string Model, string Device, string Dtype, string Machine, string? Commit, string Date)
{
    public static BenchRun Of(ParseResult parsed, LanguageModel model) =>
        Of(parsed, model.Name, DeviceName.Of(model.Device), model.Dtype.ToString().ToLowerInvariant());

    /// <summary>Of a measurement on the CPU with models that no folder holds.</summary>
    public static BenchRun OfRandomWeights(ParseResult parsed, TorchSharp.torch.ScalarType dtype) =>
        Of(parsed, "random weights", "cpu", dtype.ToString().ToLowerInvariant());

    private static BenchRun Of(ParseResult parsed, string model, string device, string dtype) => new(
        $"./rabbit {string.Join(' ', parsed.Tokens.Select(token => token.Value))}", model, device,
        dtype, $"{LoadedLibraries.Processor()}, {TorchSharp.torch.get_num_threads()} threads",
        ReadCommit(), DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static string? ReadCommit()
    {
        try
        {
            var start = new ProcessStartInfo("git", ["describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"])
            {
                WorkingDirectory = Path.GetDirectoryName(RabbitScript.Path),
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var git = Process.Start(start)!;
            var commit = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? commit : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
