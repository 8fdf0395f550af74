using System.CommandLine;

namespace LlmRabbitHoles.CommandLine;

/// <summary>One message on its way through the model, step by step. It runs where no command is named.</summary>
internal sealed class JourneyCommand : RabbitCommand
{
    private readonly Argument<string?> _message = new("message")
    {
        Description = "Default: a question that Alice can answer.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly ModelOptions _model = new();

    public JourneyCommand() : base("journey", "Follow one message through the model, step by step; also without a command.",
        "./rabbit",
        "./rabbit \"What is the capital of Italy?\"",
        "./rabbit journey \"Who are you?\" --model data/models/alice")
    {
        Add(_message);
        RefuseUnknownOptions(_message);
        _model.AddTo(this);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (model, load) = _model.Load(parsed);
        using var owned = model;
        return Task.FromResult(new PromptJourney(model, load, Terminal.Result).Travel(parsed.GetValue(_message), cancellation));
    }
}
