using System.Runtime.InteropServices;
using System.Text;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Sampling.Constraints;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Generation;

/// <summary>One text in progress: samples from the logits, keeps the text, and decides when it ends.</summary>
internal sealed class WrittenSequence
{
    private readonly LogitPipeline _pipeline;
    private readonly HashSet<int> _stopTokens;
    private readonly StopStrings _stops;
    private readonly StreamingDecoder? _decoder;
    private readonly List<int> _history;
    private readonly List<int> _tokens = [];
    private readonly int? _likeliest;
    private readonly List<ChosenLogProbability> _logProbabilities = [];
    private readonly StringBuilder _text = new();
    private readonly ConstrainedText? _constrained;

    /// <exception cref="PromptException">The prompt is empty, too long, or has ids outside the vocabulary.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The logit bias names a token outside the vocabulary.</exception>
    public WrittenSequence(LanguageModel model, IReadOnlyList<int> prompt, GenerationOptions? options)
    {
        model.CheckPrompt(prompt, past: 0);
        var settings = (options ?? new GenerationOptions()).Over(model.Defaults);
        LogitBias.Check(settings.Sampling.LogitBias, model.Config.VocabularySize);
        Prompt = prompt;
        _likeliest = settings.LogProbabilities;
        _history = [.. prompt];
        _pipeline = LogitPipeline.From(settings.Sampling);
        _stopTokens = [.. settings.StopTokens];
        _stops = new StopStrings(settings.Stop);
        _constrained = settings.Grammar?.NewText(model.Tokenizer, _stopTokens);
        _decoder = model.HasTokenizer ? model.Tokenizer.CreateDecoder() : null;
        Limit = Math.Min(settings.MaxTokens, model.Config.ContextLength - prompt.Count);
        if (Limit < 1)
        {
            throw new PromptException($"The prompt fills the whole context of {model.Config.ContextLength} tokens, which leaves no room " +
                "for an answer. Shorten it by at least one token.");
        }
    }

    public IReadOnlyList<int> Prompt { get; }

    /// <summary>The most tokens that may be written.</summary>
    public int Limit { get; }

    /// <summary>Why it ended; null until then.</summary>
    public StopReason? StopReason { get; private set; }

    /// <summary>Prompt and generated tokens.</summary>
    public IReadOnlyList<int> History => _history;

    /// <summary>Tokens that may still be written.</summary>
    public int Left => Limit - _tokens.Count;

    /// <summary>The token that was sampled last, which the model reads next.</summary>
    public int LastToken => _tokens[^1];

    /// <summary>Samples a token and returns it with the text that can be printed now.</summary>
    /// <param name="logits">[vocab], changed in place.</param>
    /// <param name="isCancelled">Whether this is the last token.</param>
    public (int Token, string? Text, ChosenLogProbability? LogProbability) Take(float[] logits, bool isCancelled)
    {
        var raw = _likeliest is null ? null : (float[])logits.Clone();
        _constrained?.RuleOut(logits);
        var token = _pipeline.Sample(logits, CollectionsMarshal.AsSpan(_history), Prompt.Count);
        var logProbability = _likeliest is { } count ? ChosenLogProbability.Of(raw, token, count) : null;
        return (token, Add(token, logProbability, isCancelled), logProbability);
    }

    /// <summary>Adds a token that was chosen and returns the text that can be printed now.</summary>
    public string? Add(int token, ChosenLogProbability? logProbability, bool isCancelled = false)
    {
        _constrained?.Add(token);
        var endsTurn = _stopTokens.Contains(token);
        if (!endsTurn)
        {
            _tokens.Add(token);
            _history.Add(token);
            if (logProbability is not null) _logProbabilities.Add(logProbability);
        }
        var text = _decoder is null || endsTurn ? null : _stops.Add(_decoder.Add(token));
        StopReason = endsTurn ? Generation.StopReason.EndTurn
            : _stops.Reached ? Generation.StopReason.StopSequence
            : _constrained?.IsComplete == true ? Generation.StopReason.EndTurn
            : _tokens.Count == Limit ? Generation.StopReason.MaxTokens
            : isCancelled ? Generation.StopReason.Cancelled
            : null;
        if (_decoder is not null && StopReason is not null) text = EndText(text);
        _text.Append(text);
        return text;
    }

    /// <summary>Ends the text early.</summary>
    public void Cancel()
    {
        if (StopReason is not null) return;
        StopReason = Generation.StopReason.Cancelled;
        if (_decoder is not null) _text.Append(EndText(""));
    }

    /// <summary>The text so far; one without an end counts as cancelled.</summary>
    public GenerationResult Result(Timings timings) =>
        new(Prompt, _tokens, _decoder is null ? null : _text.ToString(), StopReason ?? Generation.StopReason.Cancelled, timings)
        {
            LogProbabilities = _likeliest is null ? null : _logProbabilities,
            FitsGrammar = _constrained?.Fits,
        };

    /// <summary>The rest of the text at the end: bytes held back may still complete a stop string.</summary>
    private string EndText(string? text) => text + _stops.Add(_decoder!.Flush()) + (_stops.Reached ? "" : _stops.Flush());
}

/// <summary>Lets text pass until a stop string is complete, holding back what may be the beginning of one.</summary>
/// <param name="stops">Strings at which the text ends.</param>
internal sealed class StopStrings(IReadOnlyList<string> stops)
{
    private readonly StringBuilder _held = new();

    /// <summary>Whether a stop string was reached; then no more text passes.</summary>
    public bool Reached { get; private set; }

    /// <summary>Takes the next piece of text.</summary>
    /// <returns>The text that certainly comes before any stop string.</returns>
    public string Add(string text)
    {
        if (Reached) return "";
        _held.Append(text);
        var all = _held.ToString();
        var end = FirstStop(all);
        Reached = end >= 0;
        var length = Reached ? end : all.Length - LongestBeginning(all);
        _held.Clear();
        if (!Reached) _held.Append(all, length, all.Length - length);
        return all[..length];
    }

    /// <summary>Returns the text held back, at an end without a stop string.</summary>
    public string Flush()
    {
        var rest = _held.ToString();
        _held.Clear();
        return rest;
    }

    private int FirstStop(string text) => stops
        .Select(stop => text.IndexOf(stop, StringComparison.Ordinal))
        .Where(at => at >= 0).DefaultIfEmpty(-1).Min();

    private int LongestBeginning(string text) => stops.Select(stop => Overlap(text, stop)).DefaultIfEmpty(0).Max();

    private static int Overlap(string text, string stop)
    {
        for (var n = Math.Min(text.Length, stop.Length - 1); n > 0; n--)
            if (text.AsSpan(text.Length - n).SequenceEqual(stop.AsSpan(0, n)))
                return n;
        return 0;
    }
}
