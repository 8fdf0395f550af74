using System.CommandLine;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Measures how well the model predicts a text.</summary>
internal sealed class ScoreCommand : RabbitCommand
{
    private readonly Option<FileInfo> _file = new("--file") { Description = "A UTF-8 text.", HelpName = "F", Required = true };
    private readonly ModelOptions _model = new();
    private readonly FormatOption _format = new();

    public ScoreCommand() : base("score", "Measure how well the model predicts a text: perplexity and bits per byte.",
        "./rabbit score --file README.md",
        "./rabbit score --file story.txt --format json")
    {
        Add(_file);
        _model.AddTo(this);
        _format.AddTo(this);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var text = TextFile.Read(parsed.GetRequiredValue(_file).ToString());
        var (model, _) = _model.Load(parsed);
        using var owned = model;
        var score = ProgressBar.Show("scoring", progress => TextScore.Measure(model, text, progress, cancellationToken));
        if (_format.IsJson(parsed))
            JsonOutput.Write(new ScoreJson(score.Tokens, score.NllPerToken, score.Perplexity, score.BitsPerByte));
        else
            Terminal.Out.WriteLine($"{score.Tokens} tokens, {score.NllPerToken:0.000} nats a token, perplexity {score.Perplexity:0.00}, " +
                $"{score.BitsPerByte:0.000} bits per byte");
        return Task.FromResult(ExitCode.Done);
    }
}

/// <summary>What <c>score --format json</c> prints.</summary>
/// <param name="Tokens">Tokens that were predicted.</param>
/// <param name="NllPerToken">Mean negative natural logarithm of their probabilities.</param>
/// <param name="Perplexity">e to the power of that.</param>
/// <param name="BitsPerByte">The whole negative logarithm to base 2, over the bytes of the file.</param>
internal sealed record ScoreJson(int Tokens, double NllPerToken, double Perplexity, double BitsPerByte);
