using System.CommandLine;
using LlmRabbitHoles.Checkpoints;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Writes the mean of models.</summary>
internal sealed class AverageCommand : RabbitCommand
{
    private readonly Option<string[]> _models = new("--model")
    {
        Description = "The folders of two or more models that were trained from the same weights.",
        HelpName = "DIR",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _out =
        new("--out") { Description = "The folder to write; a model there is replaced.", HelpName = "DIR", Required = true };

    public AverageCommand() : base("average", "Write the mean of models that began as one.",
        "./rabbit average --model out/alice-chat out/alice-chat-2 --out out/alice-chat-3")
    {
        foreach (Option option in new Option[] { _models, _out }) Add(option);
        Validators.Add(result =>
        {
            if (result.GetResult(_models) is { Tokens.Count: 1 })
                result.AddError("--model names one model, and a mean takes two or more. Name another.");
        });
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var folder = parsed.GetRequiredValue(_out);
        CheckpointAverage.Write(parsed.GetRequiredValue(_models), folder);
        Terminal.Out.WriteLine(folder);
        return Task.FromResult(ExitCode.Done);
    }
}
