using System.CommandLine;
using System.Diagnostics;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.CommandLine;

/// <summary><c>--model</c> and <c>--device</c>: which model, and where it computes.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string?> _model = new("--model")
    {
        Description = "A folder in Hugging Face's layout (config.json, *.safetensors, tokenizer.json), a *.gguf file, " +
            "or a pulled model, OWNER/NAME. Default: RABBIT_MODEL, else Alice.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _device = ChoiceOption.Create("--device",
        "Where it computes; auto is CUDA where there is one. Default: RABBIT_DEVICE, else auto.", "cpu", "cuda", "auto");

    private readonly Option<string?> _quantize = ChoiceOption.Create("--quantize",
        "Rounds the weights of projections as they are read: int8 has a scale for each output, int4 one for 32 weights.", "int8", "int4");

    public void AddTo(Command command)
    {
        AddFolderTo(command);
        command.Add(_device);
        command.Add(_quantize);
    }

    /// <summary>Without <c>--device</c>, for a command that only reads the model's files.</summary>
    public void AddFolderTo(Command command) => command.Add(_model);

    /// <summary>The folder meant.</summary>
    public string Folder(ParseResult parsed) => ModelName.Resolve(parsed.GetValue(_model) ?? ModelFolder.Default());

    /// <summary>The device asked for; <see langword="null"/> where none was.</summary>
    public string? Device(ParseResult parsed) => parsed.GetValue(_device);

    private WeightQuantization? Quantization(ParseResult parsed) => parsed.GetValue(_quantize) switch
    {
        "int8" => WeightQuantization.Int8,
        "int4" => WeightQuantization.Int4,
        _ => null,
    };

    /// <summary>The model, loaded, and how long that took.</summary>
    public (LanguageModel Model, TimeSpan Elapsed) Load(ParseResult parsed)
    {
        var watch = Stopwatch.StartNew();
        var model = LanguageModel.Load(Folder(parsed), Device(parsed), quantization: Quantization(parsed));
        return (model, watch.Elapsed);
    }
}
