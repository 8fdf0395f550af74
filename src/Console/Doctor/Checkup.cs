using LlmRabbitHoles.Devices;
using TorchSharp;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Looks at everything that an answer needs, from the SDK to the model's weights. A look that fails becomes a finding.</summary>
/// <param name="folder">The model's folder.</param>
/// <param name="deviceName">The device asked for, if any.</param>
internal sealed class Checkup(string folder, string? deviceName)
{
    private const string Reinstall = "Remove .rabbit/ and run ./rabbit again; it sets up the tensors again and says what is missing.";

    /// <summary>All findings, each as soon as it is made.</summary>
    public IEnumerable<Finding> Run()
    {
        yield return Look(".NET SDK", DotnetSdk.Version, "Install .NET SDK 10: https://dotnet.microsoft.com/download.");
        yield return Look("tensors", TensorProvider.Describe, Reinstall);
        yield return Look("native code", () => { torch.zeros(1).Dispose(); return LoadedLibraries.Path("LibTorchSharp"); }, Reinstall);
        yield return Look("libtorch", LoadedLibraries.LibtorchVersion, Reinstall);
        yield return Look(
            "device", DescribeDevice, "Ask for another device with --device or RABBIT_DEVICE, or fix the driver (nvidia-smi).");
        yield return Look("threads", () => $"{torch.get_num_threads()} for tensors, {Environment.ProcessorCount} processors", Reinstall);
        yield return Look("matrix product", () => $"{MachineLimits.MeasureMultiply(Device) / 1e9:0} GFLOP/s in float32", Reinstall);
        yield return Look("memory copy", () => $"{MachineLimits.MeasureCopy(Device) / 1e9:0.0} GB/s read and written", Reinstall);
        yield return Look(
            "model", DescribeModel, "Name another folder with --model or RABBIT_MODEL, or restore it: git checkout -- data/models");
        yield return Look(
            "model hash", () => ModelHash.Describe(folder),
            "Name a folder with weights with --model or RABBIT_MODEL, or restore its files.");
    }

    private torch.Device Device => DeviceChoice.Parse(deviceName);

    private string DescribeDevice() => Device.type == DeviceType.CUDA
        ? $"CUDA, {torch.cuda.device_count()} GPU"
        : $"CPU{(torch.cuda.is_available() ? " (a GPU is there too)" : "")}, {LoadedLibraries.Processor()}";

    private string DescribeModel()
    {
        using var model = LanguageModel.Load(folder, deviceName);
        return $"{folder}: {model.Config.Architecture}, {model.ParameterCount:N0} parameters, {model.Config.Layers} layers";
    }

    private static Finding Look(string subject, Func<string> look, string remedy)
    {
        try
        {
            return new Finding(subject, look());
        }
#pragma warning disable CA1031 // Whatever goes wrong is what the doctor reports.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new Finding(subject, Complaint.Of(e), remedy);
        }
    }
}

/// <summary>One line of the doctor's report.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Found">What is there.</param>
/// <param name="Remedy">How to fix it; <see langword="null"/> if nothing is wrong.</param>
internal sealed record Finding(string Subject, string Found, string? Remedy = null)
{
    public bool IsWell => Remedy is null;
}
