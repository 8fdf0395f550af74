using System.CommandLine;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Shows the tokens that a text becomes.</summary>
internal sealed class TokenizeCommand : RabbitCommand
{
    private readonly Option<string> _text = new("--text") { Description = "The text to split.", HelpName = "TEXT", Required = true };
    private readonly ModelOptions _model = new();
    private readonly FormatOption _format = new();

    public TokenizeCommand() : base("tokenize", "Split a text into tokens.",
        "./rabbit tokenize --text \"The capital of France is\"",
        "./rabbit tokenize --text \"strawberry\" --format json")
    {
        Add(_text);
        _model.AddTo(this);
        _format.AddTo(this);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var checkpoint = Checkpoint.Open(_model.Folder(parsed));
        var tokenizer = checkpoint.Tokenizer
            ?? throw new WorkFailedException(
                $"The model in '{checkpoint.Folder}' has no tokenizer.json, so it cannot split text into tokens.");
        var ids = tokenizer.Encode(parsed.GetRequiredValue(_text));
        if (_format.IsJson(parsed))
        {
            JsonOutput.Write(new TokensJson(ids, [.. ids.Select(tokenizer.Piece)]));
        }
        else
        {
            ColouredTokens.Write(Terminal.Result, tokenizer, ids);
            Terminal.Out.WriteLine(string.Join(' ', ids));
        }
        return Task.FromResult(ExitCode.Done);
    }
}

/// <summary>What <c>tokenize --format json</c> prints: ids, and the readable text of each.</summary>
internal sealed record TokensJson(IReadOnlyList<int> Ids, IReadOnlyList<string> Pieces);
