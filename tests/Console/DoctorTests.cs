using System.Security.Cryptography;

namespace LlmRabbitHoles.CommandLine.Tests;

public sealed class DoctorTests : IDisposable
{
    private readonly MadeModel _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void AHealthyMachinePassesEveryCheck()
    {
        var report = Rabbit.Run("doctor", "--model", _model.Folder);
        Assert.True(report.ExitCode == 0, report.Output);
        foreach (var subject in new[] { ".NET SDK", "tensors", "libtorch", "device", "threads", "GFLOP/s", "GB/s", "sha256" })
            Assert.Contains(subject, report.Output);
        Assert.DoesNotContain("FAIL", report.Output);
    }

    [Fact]
    public void NumbersAreWrittenAlikeInEveryCountry() =>
        Assert.Matches(@"\d\.\d GB/s", Rabbit.Run("doctor", "--model", _model.Folder).Output);

    [Fact]
    public void AChangedWeightFileIsNoticed()
    {
        var weights = File.ReadAllBytes(_model.Weights);
        File.WriteAllText(
            Path.Combine(_model.Folder, "SHA256SUMS"), $"{Convert.ToHexStringLower(SHA256.HashData(weights))}  model.safetensors\n");
        Assert.Contains("as recorded", Rabbit.Run("doctor", "--model", _model.Folder).Output);
        weights[^100] ^= 0x5a;
        File.WriteAllBytes(_model.Weights, weights);
        var report = Rabbit.Run("doctor", "--model", _model.Folder);
        Assert.Equal(1, report.ExitCode);
        Assert.Contains("hash of model.safetensors", report.Output);
        Assert.Contains("need fixing", report.Error);
        Rabbit.Run("generate", "--model", _model.Folder, "--tokens", "1,2,3").IsRefused(1, "hash of model.safetensors");
    }

    [Fact]
    public void AMissingModelSaysHowToMendIt()
    {
        var report = Rabbit.Run("doctor", "--model", Path.Combine(_model.Folder, "none"));
        Assert.Equal(1, report.ExitCode);
        Assert.Contains("FAIL  model", report.Output);
        Assert.Contains("--model", report.Output);
    }
}
