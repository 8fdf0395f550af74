using System.CommandLine;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Shows which tokens the model finds likeliest after a prompt.</summary>
internal sealed class LogitsCommand : RabbitCommand
{
    private readonly PromptOptions _prompt = new();
    private readonly ModelOptions _model = new();
    private readonly FormatOption _format = new();

    private readonly Option<int?> _top = NumberOption.Create<int>("--top", "N",
        "How many candidates. Default: 10.", n => n >= 1, "a whole number of 1 or more");

    public LogitsCommand() : base("logits", "Show the likeliest next tokens after a prompt.",
        "./rabbit logits --prompt \"The capital of France is\" --top 5",
        "./rabbit logits --tokens 1,2,3 --format json")
    {
        _prompt.AddTo(this);
        _model.AddTo(this);
        Add(_top);
        _format.AddTo(this);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (model, _) = _model.Load(parsed);
        using var owned = model;
        var prompt = _prompt.Encode(parsed, model);
        using var cache = model.CreateCache(prompt.Count);
        string? Piece(int id) => model.HasTokenizer ? model.Tokenizer.Piece(id) : null;
        var candidates = new ModelRunner(model).Prefill(prompt, cache).Top(parsed.GetValue(_top) ?? 10);
        if (_format.IsJson(parsed))
            JsonOutput.Write(new LogitsJson([.. candidates.Select(c => new CandidateJson(c.Id, Piece(c.Id), c.Logit, c.Probability))]));
        else
            CandidateBars.Write(Terminal.Result, candidates, id => Piece(id) ?? $"{id}");
        return Task.FromResult(ExitCode.Done);
    }
}
