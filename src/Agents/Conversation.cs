using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Agents;

/// <summary>Keeps one cache over the turns of a conversation, so that each turn reads only what is new in it.</summary>
/// <remarks>The next prompt is compared with the tokens that the cache holds, the cache is cut to what both begin with, and the rest is
/// read. A template that rewrites earlier turns, such as one that drops their thoughts, only shortens that beginning. A sliding
/// cache sees less of a long text than a whole forward does, with or without this; the other kinds change no answer. Gim et al. 2023,
/// arXiv:2311.04934 (prompt cache).</remarks>
/// <param name="model">Stays the caller's. One stream at a time, read before the next begins.</param>
/// <param name="kind">How the cache holds keys and values; the kind in a stream's options is not used. Default: contiguous.</param>
public sealed class Conversation(LanguageModel model, CacheKind? kind = null) : IDisposable
{
    private readonly TextGenerator _generator = new(model);
    private readonly IKeyValueCache _cache = model.CreateCache(kind: kind);
    private IReadOnlyList<int> _held = [];
    private Func<GenerationResult>? _last;

    /// <summary>Tokens that the cache holds: of the last prompt and its answer, without the token that was sampled last.</summary>
    public int Length => _cache.Length;

    /// <summary>Writes a continuation and hands out each token as it is sampled, on the thread that reads them.</summary>
    /// <param name="prompt">The whole conversation; what the cache holds of its beginning is not read again.</param>
    /// <param name="options">Null settings come from the model's <c>generation_config.json</c>; else greedy and 128 tokens.</param>
    /// <param name="cancellationToken">Ends the text, with <see cref="StopReason.Cancelled"/>.</param>
    /// <returns>Its result's <see cref="ReusedTokens"/> tells what was spared.</returns>
    /// <exception cref="PromptException">The prompt is empty, too long, or has ids outside the vocabulary.</exception>
    public GenerationSequence Stream(
        IReadOnlyList<int> prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        KeepBeginning(prompt);
        var stream = _generator.Stream(prompt, options, _cache, cancellationToken);
        _last = () => stream.Result;
        return stream;
    }

    /// <summary>Writes a continuation and hands out each token as it is sampled, on a thread of its own.</summary>
    /// <inheritdoc cref="Stream" path="/*[not(self::summary)]"/>
    public GenerationRun StreamAsync(
        IReadOnlyList<int> prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        KeepBeginning(prompt);
        var run = _generator.StreamAsync(prompt, options, _cache, cancellationToken);
        _last = () => run.Result;
        return run;
    }

    /// <summary>Tokens of a result's prompt that came from the cache.</summary>
    public static int ReusedTokens(GenerationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.PromptTokens.Count - result.Timings.PromptTokens;
    }

    /// <summary>Forgets all tokens.</summary>
    public void Clear()
    {
        _cache.Truncate(0);
        (_held, _last) = ([], null);
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();

    private void KeepBeginning(IReadOnlyList<int> prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        // A stream that was never read has added nothing.
        if (_cache.Length > _held.Count && _last?.Invoke() is { } last)
            _held = [.. last.PromptTokens.Concat(last.Tokens).Take(_cache.Length)];
        // At least one token is left to read: the logits of the next one come from it.
        var common = Math.Min(CommonLength(_held, prompt), Math.Max(0, prompt.Count - 1));
        Cut(common);
        _held = [.. prompt.Take(_cache.Length)];
    }

    private void Cut(int length)
    {
        try
        {
            _cache.Truncate(length);
        }
        catch (InvalidOperationException)
        {
            _cache.Truncate(0);    // a sliding cache has forgotten what stood before its window
        }
    }

    private static int CommonLength(IReadOnlyList<int> held, IReadOnlyList<int> prompt)
    {
        var length = 0;
        while (length < held.Count && length < prompt.Count && held[length] == prompt[length]) length++;
        return length;
    }
}
