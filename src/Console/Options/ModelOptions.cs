using System.CommandLine;
using System.Diagnostics;
using LlmRabbitHoles.Checkpoints;

namespace LlmRabbitHoles.CommandLine;

/// <summary><c>--model</c> and <c>--device</c>: which model, and where it computes.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string?> _model = new("--model")
    {
        Description = "A folder in Hugging Face's layout (config.json, *.safetensors, tokenizer.json), or a pulled model, OWNER/NAME. " +
            "Default: RABBIT_MODEL, else Alice.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _device = ChoiceOption.Create("--device",
        "Where it computes; auto is CUDA where there is one. Default: RABBIT_DEVICE, else auto.", "cpu", "cuda", "auto");

    public void AddTo(Command command)
    {
        AddFolderTo(command);
        command.Add(_device);
    }

    /// <summary>Without <c>--device</c>, for a command that only reads the model's files.</summary>
    public void AddFolderTo(Command command) => command.Add(_model);

    /// <summary>The folder meant.</summary>
    public string Folder(ParseResult parsed) => ModelName.Resolve(parsed.GetValue(_model) ?? ModelFolder.Default());

    /// <summary>The device asked for; <see langword="null"/> where none was.</summary>
    public string? Device(ParseResult parsed) => parsed.GetValue(_device);

    /// <summary>The model, loaded, and how long that took.</summary>
    public (LanguageModel Model, TimeSpan Elapsed) Load(ParseResult parsed)
    {
        var watch = Stopwatch.StartNew();
        var model = LanguageModel.Load(Folder(parsed), Device(parsed));
        return (model, watch.Elapsed);
    }
}
