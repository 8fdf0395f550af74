using System.CommandLine;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Continues a text, answers a message, or continues token ids.</summary>
internal sealed class GenerateCommand : RabbitCommand
{
    private readonly PromptOptions _prompt = new();
    private readonly ModelOptions _model = new();
    private readonly SamplingOptionSet _sampling = new();
    private readonly FormatOption _format = new();

    public GenerateCommand() : base("generate", "Continue a text, answer a message, or continue token ids.",
        "./rabbit generate --prompt \"The capital of France is\" --max-tokens 8",
        "./rabbit generate --chat \"What is the capital of Italy?\" --temperature 0",
        "./rabbit generate --prompt \"Once upon a time\" --temperature 0.8 --top-p 0.95 --seed 7 --stop \".\"",
        "./rabbit generate --prompt \"One, two,\" --format json")
    {
        _prompt.AddTo(this);
        _model.AddTo(this);
        _sampling.AddTo(this);
        _format.AddTo(this);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (model, load) = _model.Load(parsed);
        using var owned = model;
        var stream = new TextGenerator(model).StreamAsync(_prompt.Encode(parsed, model), _sampling.For(parsed, model), cancellationToken);
        if (_format.IsJson(parsed))
        {
            await foreach (var _ in stream) { }
            JsonOutput.Write(GenerationJson.From(model, stream.Result, load));
        }
        else
        {
            await WriteTextAsync(stream);
            Terminal.Error.WriteLine(Summary.Of(stream.Result));
        }
        return stream.Result.StopReason == StopReason.Cancelled ? ExitCode.Interrupted : ExitCode.Done;
    }

    private static async Task WriteTextAsync(GenerationRun stream)
    {
        await foreach (var token in stream)
        {
            Terminal.Out.Write(token.Text);
            Terminal.Out.Flush();
        }
        if (stream.Result.Text is null) Terminal.Out.Write(string.Join(',', stream.Result.Tokens));
        Terminal.Out.WriteLine();
    }
}
