using System.Diagnostics;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>Ways to break the console that were found by breaking it.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly MadeModel _model = new(context: 30_000_000, chat: true);

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("--temperature", "0,7")]
    [InlineData("--temperature", "1,000.5")]
    [InlineData("--temperature", "1e400")]
    [InlineData("--temperature", "NaN")]
    [InlineData("--temperature", "Infinity")]
    [InlineData("--temperature", "0x10")]
    [InlineData("--temperature", " 7")]
    [InlineData("--temperature", "7 ")]
    [InlineData("--temperature", "(7)")]
    [InlineData("--temperature", "$7")]
    [InlineData("--top-p", "0,9")]
    [InlineData("--max-tokens", "1,000")]
    [InlineData("--max-tokens", "1_000")]
    [InlineData("--seed", "1,2")]
    [InlineData("--top-k", "4 0")]
    [InlineData("--repetition-penalty", "1e-300")]
    [InlineData("--repetition-penalty", "1,1")]
    public void ANumberIsWrittenPlainlyOrRefused(string option, string value) =>
        Rabbit.Run("generate", "--model", _model.Folder, "--prompt", "a", option, value).IsRefused(2, $"{option} is '{value}'; it must be");

    [Fact]
    public void ALongRefusalIsShortened()
    {
        var outcome = Rabbit.Run("generate", "--prompt", "a", "--temperature", new string('7', 90_000) + "x");
        Assert.Equal(2, outcome.ExitCode);
        Assert.InRange(outcome.Error.Length, 20, 2_500);
        Assert.InRange(Rabbit.Run("generate", "--prompt", "a", "--model", "/" + new string('m', 90_000)).Error.Length, 20, 2_500);
        Assert.InRange(Rabbit.Run(new string('w', 90_000)[..60] + "-" + new string('w', 90_000), "--x").Error.Length, 20, 2_500);
    }

    [Theory]
    [InlineData("1e-37")]
    [InlineData("1e-45")]
    [InlineData("1e-300")]
    public void ATinyTemperatureGivesTheGreedyText(string temperature)
    {
        string[] Args(string t) => ["generate", "--model", _model.Folder, "--prompt", "One", "--max-tokens", "6", "--temperature", t];
        Assert.Equal(Rabbit.Run(Args("0")).Output, Rabbit.Run(Args(temperature)).Output);
    }

    [Fact]
    public void NaNInTheWeightsIsNoticed()
    {
        var bytes = File.ReadAllBytes(_model.Weights);
        BitConverter.GetBytes(float.NaN).CopyTo(bytes, bytes.Length - (32 * 4));
        File.WriteAllBytes(_model.Weights, bytes);
        Rabbit.Run("generate", "--model", _model.Folder, "--prompt", "a").IsRefused(1, "'norm.weight' holds NaN or infinity");
    }

    [Fact]
    public void AModelLoadsDespiteABadSettingThatNothingUses()
    {
        File.WriteAllText(Path.Combine(_model.Folder, "generation_config.json"), """{"top_p": 0, "do_sample": true}""");
        Assert.Equal(0, Rabbit.Run("logits", "--model", _model.Folder, "--prompt", "One two").ExitCode);
        Assert.Equal(
            0, Rabbit.Run("generate", "--model", _model.Folder, "--prompt", "a", "--temperature", "0", "--max-tokens", "2").ExitCode);
        Assert.Equal(0, Rabbit.Run("generate", "--model", _model.Folder, "--prompt", "a", "--top-p", "0.5", "--max-tokens", "2").ExitCode);
        Rabbit.Run("generate", "--model", _model.Folder, "--prompt", "a", "--max-tokens", "2")
            .IsRefused(1, "top_p in the model's generation_config.json is 0");
    }

    [Fact]
    public void BrokenJsonInAModelIsRefusedByName()
    {
        var config = Path.Combine(_model.Folder, "config.json");
        var json = JsonNode.Parse(File.ReadAllText(config))!.ToJsonString();
        File.WriteAllText(config, json[..^1] + ",\"x\":\"\\ud83d\"}");
        Rabbit.Run("generate", "--model", _model.Folder, "--prompt", "a").IsRefused(1, "config.json' is not valid JSON at line 1");
        File.WriteAllText(config, json[..^1] + ",\"model_type\":\"llama\"}");
        Rabbit.Run("generate", "--model", _model.Folder, "--prompt", "a").IsRefused(1, "the name 'model_type' stands twice");
    }

    [Theory]
    [InlineData("generate --prompt One --max-tokens 3 2>&-", 0)]
    [InlineData("generate --prompt One --max-tokens 3 2>&- >/dev/null", 0)]
    [InlineData("generate --prompt One --max-tokens 3 <&-", 0)]
    [InlineData("generate --prompt One --max-tokens 3 <&- 2>&-", 0)]
    [InlineData("chat <&-", 0)]
    [InlineData("chat <&- 2>&-", 0)]
    public void AClosedStreamNeitherCrashesNorHangsACommand(string command, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows' shell closes no streams.");
        var arguments = command.Split(' ', 2);
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", "exec dotnet " +
            $"'{Path.Combine(Rabbit.Root, "bin", "rabbit.dll")}' {arguments[0]} --model '{_model.Folder}' {arguments[1]}"]))!;
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), command);
        Assert.Equal(exitCode, process.ExitCode);
    }
}
