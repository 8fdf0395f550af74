using System.CommandLine;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Checkpoints.Gguf;
using LlmRabbitHoles.Quantization;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Writes a model in few bits, chosen with an eye to what the weights are multiplied with.</summary>
internal sealed class QuantizeCommand : RabbitCommand
{
    private const int CalibrationTokens = 20_000, UsualGroup = 32;

    private readonly ModelOptions _model = new();

    private readonly Option<string?> _to = ChoiceOption.Create("--to",
        "The format: gguf is one file for llama.cpp, safetensors a Hugging Face folder in GPTQ's layout, for transformers and vLLM. " +
        "Default: gguf.", "gguf", "safetensors");

    private readonly Option<string?> _bits = ChoiceOption.Create("--bits", "Bits of a weight. Default: 4.", "4", "8");

    private readonly Option<string?> _method = ChoiceOption.Create("--method",
        "gptq spreads each rounding error over the weights to come, awq scales channels that matter, nearest looks at nothing. " +
        "Default: gptq.", "gptq", "awq", "nearest");

    private readonly Option<int?> _groupSize = NumberOption.Create<int>("--group-size", "N",
        $"With --to safetensors: weights that share a scale. Default: {UsualGroup}.", n => n >= 1, "a whole number of 1 or more");

    private readonly Option<bool> _asymmetric = new("--asymmetric")
    {
        Description = "With --to safetensors: each group has a zero of its own, for weights that are not spread evenly around 0.",
    };

    private readonly Option<string?> _calibration = new("--calibration")
    {
        Description = "A UTF-8 text of the kind that the model will read. Default: the first half of Alice's training text.",
        HelpName = "FILE",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "The GGUF file or, with --to safetensors, the folder to write; a model there is replaced.",
        HelpName = "PATH",
        Required = true,
    };

    public QuantizeCommand() : base("quantize", "Write a model in 4 or 8 bits, rounded with GPTQ or AWQ, as GGUF or safetensors.",
        "./rabbit quantize --out out/alice-q4.gguf",
        "./rabbit quantize --bits 4 --method awq --calibration text.txt --out out/alice-awq.gguf",
        "./rabbit quantize --to safetensors --group-size 64 --asymmetric --out out/alice-gptq")
    {
        _model.AddFolderTo(this);
        foreach (Option option in new Option[] { _to, _bits, _method, _groupSize, _asymmetric, _calibration, _out }) Add(option);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (toFolder, method, path) = (
            parsed.GetValue(_to) == "safetensors", parsed.GetValue(_method) ?? "gptq", parsed.GetRequiredValue(_out));
        Check(parsed, toFolder, path);
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var checkpoint = Checkpoint.Open(_model.Folder(parsed));
        using var calibration = method == "nearest" ? null : Read(checkpoint, parsed.GetValue(_calibration), cancellationToken);
        var grid = new IntegerGrid(
            parsed.GetValue(_bits) == "8" ? 8 : 4, parsed.GetValue(_groupSize) ?? UsualGroup, !parsed.GetValue(_asymmetric))
        {
            WholeZeros = true,
        };
        var weights = method == "awq" ? Scaled(checkpoint, calibration!, grid) : null;
        IRounding rounding = method == "gptq" ? new Gptq(calibration!.Inputs) : new NearestRounding();
        if (toFolder) checkpoint.SaveQuantized(path, grid, rounding, weights, cancellationToken: cancellationToken);
        else GgufWriter.Write(checkpoint, TypeOf(grid), path, weights, rounding, cancellationToken);
        var format = toFolder ? $"{grid.Bits} bits in groups of {grid.GroupSize}" : TypeOf(grid).Name;
        var bytes = toFolder
            ? new DirectoryInfo(path).EnumerateFiles("*.safetensors").Sum(file => file.Length)
            : new FileInfo(path).Length;
        Terminal.Out.WriteLine($"{path}: {checkpoint.Config.Architecture}, {format} by {method}, {bytes / 1e6:0.0} MB");
        return Task.FromResult(ExitCode.Done);
    }

    private static GgufType TypeOf(IntegerGrid grid) => grid.Bits == 8 ? GgufType.Q8 : GgufType.Find("q4_0")!;

    // Before the work, which takes minutes.
    private void Check(ParseResult parsed, bool toFolder, string path)
    {
        if (toFolder) CheckFolder(OutputFile.ResolveFolder(path), _model.Folder(parsed));
        else if (parsed.GetValue(_groupSize) is not null || parsed.GetValue(_asymmetric))
            throw new UsageException($"{(parsed.GetValue(_groupSize) is null ? _asymmetric.Name : _groupSize.Name)} needs --to " +
                $"safetensors: GGUF's q4_0 and q8_0 have symmetric groups of {UsualGroup}.");
        else OutputFile.Resolve(path);
    }

    // A model that is written over itself is lost, and other files do not belong beside weights.
    private static void CheckFolder(string folder, string model)
    {
        if (Path.GetFullPath(model) == folder)
            throw new WorkFailedException($"'{folder}' is the model that is read. Name another folder with --out.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()
            && !File.Exists(Path.Combine(folder, "config.json")))
        {
            throw new WorkFailedException(
                $"'{folder}' holds files but no config.json, so it is not written into. Name an empty or a new folder with --out.");
        }
    }

    private static Calibration Read(Checkpoint checkpoint, string? file, CancellationToken cancellationToken)
    {
        var tokenizer = checkpoint.Tokenizer
            ?? throw new WorkFailedException($"'{checkpoint.Folder}' has no tokenizer, so it cannot read a calibration text.");
        var text = CalibrationText.Of(file, tokenizer, checkpoint.Config.ContextLength, CalibrationTokens);
        return ProgressBar.Show("calibrating", progress => Calibration.Read(checkpoint, text.Calibration, progress, cancellationToken));
    }

    private static IReadOnlyDictionary<string, TorchSharp.torch.Tensor> Scaled(
        Checkpoint checkpoint, Calibration calibration, IntegerGrid grid) =>
        ActivationAwareScaling.Apply(checkpoint.Config, checkpoint.ReadWeights(), calibration.Inputs, grid);
}
