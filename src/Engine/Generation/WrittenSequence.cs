using System.Runtime.InteropServices;
using System.Text;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Generation;

/// <summary>One text that is being written: samples from the logits, keeps what was said, and knows when it ends.</summary>
internal sealed class WrittenSequence
{
    private readonly LogitPipeline _pipeline;
    private readonly HashSet<int> _stopTokens;
    private readonly StopStrings _stops;
    private readonly StreamingDecoder? _decoder;
    private readonly List<int> _history;
    private readonly List<int> _tokens = [];
    private readonly StringBuilder _text = new();

    /// <exception cref="PromptException">The prompt is empty, too long, or has ids outside the vocabulary.</exception>
    public WrittenSequence(LanguageModel model, IReadOnlyList<int> prompt, GenerationOptions? options)
    {
        model.CheckPrompt(prompt, past: 0);
        var settings = (options ?? new GenerationOptions()).Over(model.Defaults);
        Prompt = prompt;
        _history = [.. prompt];
        _pipeline = LogitPipeline.From(settings.Sampling);
        _stopTokens = [.. settings.StopTokens];
        _stops = new StopStrings(settings.Stop);
        _decoder = model.HasTokenizer ? model.Tokenizer.CreateDecoder() : null;
        Limit = Math.Min(settings.MaxTokens, model.Config.ContextLength - prompt.Count);
        if (Limit < 1)
        {
            throw new PromptException($"The prompt fills the whole context of {model.Config.ContextLength} tokens, which leaves no room " +
                "for an answer. Shorten it by at least one token.");
        }
    }

    public IReadOnlyList<int> Prompt { get; }

    /// <summary>Tokens that may be written.</summary>
    public int Limit { get; }

    /// <summary>Why it ended; null while it goes on.</summary>
    public StopReason? StopReason { get; private set; }

    /// <summary>What the model has to read next: the token that was sampled last.</summary>
    public int LastToken => _tokens[^1];

    /// <summary>Samples a token and says what can be printed now.</summary>
    public (int Token, string? Text) Take(float[] logits, bool isCancelled)
    {
        var token = _pipeline.Draw(logits, CollectionsMarshal.AsSpan(_history));
        var endsTurn = _stopTokens.Contains(token);
        if (!endsTurn)
        {
            _tokens.Add(token);
            _history.Add(token);
        }
        var text = _decoder is null || endsTurn ? null : _stops.Add(_decoder.Add(token));
        StopReason = endsTurn ? Generation.StopReason.EndTurn
            : _stops.Reached ? Generation.StopReason.StopSequence
            : _tokens.Count == Limit ? Generation.StopReason.MaxTokens
            : isCancelled ? Generation.StopReason.Cancelled
            : null;
        if (_decoder is not null && StopReason is not null) text = EndText(text);
        _text.Append(text);
        return (token, text);
    }

    /// <summary>Ends it before the model has said that it ends.</summary>
    public void Cancel()
    {
        if (StopReason is not null) return;
        StopReason = Generation.StopReason.Cancelled;
        if (_decoder is not null) _text.Append(EndText(""));
    }

    /// <summary>What was written so far; a text that goes on counts as cancelled.</summary>
    public GenerationResult Result(Timings timings) =>
        new(Prompt, _tokens, _decoder is null ? null : _text.ToString(), StopReason ?? Generation.StopReason.Cancelled, timings);

    /// <summary>What is left to print at the end: held-back bytes may still complete a stop string.</summary>
    private string EndText(string? text) => text + _stops.Add(_decoder!.Flush()) + (_stops.Reached ? "" : _stops.Flush());
}
