using System.CommandLine;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Checkpoints.Gguf;
using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Writes a model in few bits, chosen with an eye to what the weights are multiplied with.</summary>
internal sealed class QuantizeCommand : RabbitCommand
{
    private const int CalibrationTokens = 20_000;

    private readonly ModelOptions _model = new();

    private readonly Option<string?> _bits = ChoiceOption.Create("--bits", "Bits of a weight. Default: 4.", "4", "8");

    private readonly Option<string?> _method = ChoiceOption.Create("--method",
        "gptq spreads each rounding error over the weights to come, awq scales channels that matter, nearest looks at nothing. " +
        "Default: gptq.", "gptq", "awq", "nearest");

    private readonly Option<string?> _calibration = new("--calibration")
    {
        Description = "A UTF-8 text of the kind that the model will read. Default: the first half of Alice's training text.",
        HelpName = "FILE",
    };

    private readonly Option<string> _out =
        new("--out") { Description = "The GGUF file to write; replaced when it exists.", HelpName = "FILE", Required = true };

    public QuantizeCommand() : base("quantize", "Write a model in 4 or 8 bits as a GGUF file, rounded with GPTQ or AWQ.",
        "./rabbit quantize --out out/alice-q4.gguf",
        "./rabbit quantize --bits 4 --method awq --calibration text.txt --out out/alice-awq.gguf")
    {
        _model.AddFolderTo(this);
        foreach (Option option in new Option[] { _bits, _method, _calibration, _out }) Add(option);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (type, method, file) = (
            parsed.GetValue(_bits) == "8" ? GgufType.Q8 : GgufType.Find("q4_0")!, parsed.GetValue(_method) ?? "gptq",
            parsed.GetRequiredValue(_out));
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var checkpoint = Checkpoint.Open(_model.Folder(parsed));
        using var calibration = method == "nearest" ? null : Read(checkpoint, parsed.GetValue(_calibration), cancellationToken);
        var grid = new IntegerGrid(type == GgufType.Q8 ? 8 : 4, 32);
        var weights = method == "awq" ? Scaled(checkpoint, calibration!, grid) : null;
        IRounding rounding = method == "gptq" ? new Gptq(calibration!.Inputs) : new NearestRounding();
        GgufWriter.Write(checkpoint, type, file, weights, rounding, cancellationToken);
        Terminal.Out.WriteLine(
            $"{file}: {checkpoint.Config.Architecture}, {type.Name} by {method}, {new FileInfo(file).Length / 1e6:0.0} MB");
        return Task.FromResult(ExitCode.Done);
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
