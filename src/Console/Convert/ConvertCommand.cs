using System.CommandLine;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Checkpoints.Gguf;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Writes a model in another program's format.</summary>
internal sealed class ConvertCommand : RabbitCommand
{
    private static readonly string[] Types = [.. GgufType.All.Select(type => type.Name)];

    private readonly ModelOptions _model = new();

    private readonly Option<string?> _to = ChoiceOption.Create("--to", "The format: GGUF, which llama.cpp and its relatives load.", "gguf");

    private readonly Option<string?> _type = ChoiceOption.Create("--type",
        "How matrices are stored: as float32, float16 or bfloat16, or in blocks of 4 to 8 bits with scales. Default: f16.", Types);

    private readonly Option<string> _out =
        new("--out") { Description = "The file to write; replaced when it exists.", HelpName = "FILE", Required = true };

    public ConvertCommand() : base("convert", "Write a model as a GGUF file for llama.cpp.",
        "./rabbit convert --to gguf --out out/alice.gguf",
        "./rabbit convert --model data/models/alice --to gguf --type q8_0 --out out/alice-q8.gguf")
    {
        _to.Required = true;
        _model.AddFolderTo(this);
        foreach (Option option in new Option[] { _to, _type, _out }) Add(option);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (type, file) = (GgufType.Find(parsed.GetValue(_type) ?? GgufType.F16.Name)!, parsed.GetRequiredValue(_out));
        using var checkpoint = Checkpoint.Open(_model.Folder(parsed));
        GgufWriter.Write(checkpoint, type, file, cancellation: cancellationToken);
        Terminal.Out.WriteLine($"{file}: {checkpoint.Config.Architecture}, {type.Name}, {new FileInfo(file).Length / 1e6:0.0} MB");
        if (checkpoint.LeftOut is { } leftOut) Terminal.Out.WriteLine(leftOut);
        return Task.FromResult(ExitCode.Done);
    }
}
