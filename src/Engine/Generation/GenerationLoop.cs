using System.Diagnostics;
using System.Text;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Generation;

/// <summary>One generation from prompt to stop reason: prefill, then draw and decode in turn.</summary>
internal sealed class GenerationLoop
{
    private readonly TextGenerator _generator;
    private readonly LanguageModel _model;
    private readonly IReadOnlyList<int> _prompt;
    private readonly LogitPipeline _pipeline;
    private readonly HashSet<int> _stopTokens;
    private readonly StopStrings _stops;
    private readonly StreamingDecoder? _decoder;
    private readonly int _limit;
    private readonly List<int> _tokens = [];
    private readonly StringBuilder _text = new();
    private GenerationResult? _result;

    public GenerationLoop(TextGenerator generator, LanguageModel model, IReadOnlyList<int> prompt, GenerationOptions options)
    {
        model.CheckPrompt(prompt, past: 0);
        _generator = generator;
        _model = model;
        _prompt = prompt;
        _pipeline = LogitPipeline.From(options.Sampling);
        _stopTokens = [.. options.StopTokens ?? model.Defaults.EosTokenIds];
        _stops = new StopStrings(options.Stop);
        _decoder = model.Tokenizer?.CreateDecoder();
        _limit = Math.Min(options.MaxTokens, model.Config.ContextLength - prompt.Count);
        if (_limit < 1)
        {
            throw new PromptException($"The prompt fills the whole context of {model.Config.ContextLength} tokens, which leaves no room " +
                "for an answer. Shorten it by at least one token.");
        }
    }

    /// <summary>The finished generation.</summary>
    public GenerationResult Result => _result
        ?? throw new InvalidOperationException("The generation has not ended yet. Read its stream to the end first.");

    /// <summary>Draws token after token. The token that ends the turn is handed out too, last, with any text still held back.</summary>
    public IEnumerable<GeneratedToken> Run(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var cache = _model.CreateCache(_prompt.Count + _limit);
        var history = new List<int>(_prompt);
        if (Read(cache, cancellationToken) is not { } prefill)
        {
            var time = watch.Elapsed;
            _result = new GenerationResult(_prompt, [], _decoder is null ? null : "", StopReason.Cancelled, new Timings(time, time, TimeSpan.Zero, _prompt.Count, 0));
            yield break;
        }
        var step = prefill;
        StopReason? reason = null;
        var firstToken = TimeSpan.Zero;
        for (var steps = 0; reason is null; steps++)
        {
            if (steps > 0) step = _generator.Decode(_tokens[^1], cache);
            var token = _pipeline.Draw(step.Logits, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(history));
            if (steps == 0) firstToken = watch.Elapsed;
            reason = Take(token, history, cancellationToken, out var text);
            if (reason is not null)
            {
                var timings = new Timings(prefill.Elapsed, firstToken, watch.Elapsed - firstToken, _prompt.Count, steps);
                _result = new GenerationResult(_prompt, _tokens, _decoder is null ? null : _text.ToString(), reason.Value, timings);
            }
            yield return new GeneratedToken(token, text, watch.Elapsed);
        }
    }

    // Null where it was cancelled: then no token has come.
    private Step? Read(IKeyValueCache cache, CancellationToken cancellationToken)
    {
        try
        {
            return _generator.Prefill(_prompt, cache, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Books a drawn token and says whether it was the last.</summary>
    private StopReason? Take(int token, List<int> history, CancellationToken cancellationToken, out string? text)
    {
        var endsTurn = _stopTokens.Contains(token);
        if (!endsTurn)
        {
            _tokens.Add(token);
            history.Add(token);
        }
        text = _decoder is null || endsTurn ? null : _stops.Add(_decoder.Add(token));
        StopReason? reason = endsTurn ? StopReason.EndTurn
            : _stops.Reached ? StopReason.StopSequence
            : _tokens.Count == _limit ? StopReason.MaxTokens
            : cancellationToken.IsCancellationRequested ? StopReason.Cancelled
            : null;
        if (_decoder is not null && reason is not null) text = EndText(text);
        _text.Append(text);
        return reason;
    }

    /// <summary>What is left to print at the end: held-back bytes may still complete a stop string.</summary>
    private string EndText(string? text) => text + _stops.Add(_decoder!.Flush()) + (_stops.Reached ? "" : _stops.Flush());
}
