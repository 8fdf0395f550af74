using System.CommandLine;

namespace LlmRabbitHoles.CommandLine;

/// <summary>A measurement of one model: says early that a result cannot be written, loads the model, measures, writes.</summary>
/// <typeparam name="TResult">What is written as JSON.</typeparam>
internal abstract class BenchModelCommand<TResult>(string name, string description, params string[] examples)
    : RabbitCommand(name, description, examples)
{
    private readonly ModelOptions _model = new();
    private readonly BenchOutput _output = new();

    /// <summary>Adds the measurement's own options, then those of the model and of the output.</summary>
    protected void AddOptions(params Option[] own)
    {
        foreach (var option in own) Add(option);
        _model.AddTo(this);
        _output.AddTo(this);
    }

    /// <summary>Measures.</summary>
    /// <param name="model">Lent.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    protected abstract TResult Measure(LanguageModel model, ParseResult parsed, CancellationToken cancellationToken);

    /// <summary>Writes the result for people.</summary>
    protected abstract void WriteTable(TResult result);

    /// <summary>Whether what had to be equal is equal; otherwise the command fails. Default true.</summary>
    protected virtual bool Holds(TResult result) => true;

    protected sealed override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        var (model, _) = _model.Load(parsed);
        using var owned = model;
        var result = Measure(model, parsed, cancellationToken);
        _output.Write(parsed, result, () => WriteTable(result));
        return Task.FromResult(Holds(result) ? ExitCode.Done : ExitCode.Failed);
    }
}
