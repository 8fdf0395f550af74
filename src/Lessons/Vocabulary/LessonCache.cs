using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Tokenization;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Lessons;

/// <summary>What a model keeps of a text that it reads piece by piece: its key-value cache, and the steps that fill it.</summary>
/// <example><code>
/// var cache = alice.OpenCache();
/// var prefill = cache.Read("The capital of Italy is");       // reads all tokens in one step
/// var decode = cache.Read(prefill.Next.LikeliestId)          // reads one more
/// </code></example>
public sealed class LessonCache : Displayable, IDisposable
{
    private readonly LanguageModel _model;
    private readonly ModelRunner _runner;
    private readonly IKeyValueCache _cache;

    internal LessonCache(LanguageModel model, ForwardPass? pass) =>
        (_model, _runner, _cache) = (model, new ModelRunner(model, pass), model.CreateCache());

    /// <summary>How many tokens it holds.</summary>
    public int Length => _cache.Length;

    /// <summary>The bytes of their keys and values.</summary>
    public long Bytes => _cache.UsedBytes;

    /// <summary>Reads a text behind what the cache holds, in one step.</summary>
    public ReadingStep Read(string text) => Read(_model.Tokenizer.Encode(text));

    /// <summary>Reads tokens behind what the cache holds, in one step.</summary>
    /// <param name="ids">At least one.</param>
    public ReadingStep Read(params IReadOnlyList<int> ids)
    {
        var result = _runner.Prefill(ids, _cache);
        return Step(ids.Count, result.Elapsed.TotalMilliseconds, result.Logits);
    }

    /// <summary>Reads tokens one at a time and tells the model a place for each that need not be true.</summary>
    /// <param name="ids">At least one.</param>
    /// <param name="place">The place of each, from the index of the token among these; the truth is <see cref="Length"/> and up.</param>
    /// <returns>The step of the last token.</returns>
    public ReadingStep ReadAt(IReadOnlyList<int> ids, Func<int, int> place)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(place);
        using var noGradients = no_grad();
        var step = ids.Select((id, index) =>
        {
            using var scope = NewDisposeScope();
            var pass = new ForwardPass { Cache = _cache, Positions = One(place(index)) };
            var logits = _model.Decoder.call(One(id), pass).view(-1).to(ScalarType.Float32).cpu();
            return Step(1, 0, logits.data<float>().ToArray());
        });
        return step.Last();
    }

    /// <summary>Drops the newest tokens.</summary>
    /// <param name="count">How many. Default 1.</param>
    public void Forget(int count = 1) => _cache.Truncate(Math.Max(0, Length - count));

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();

    /// <inheritdoc/>
    public override string ToHtml() => Markup.Write(Markup.Display("A cache", Markup.Html("p", ToText())));

    /// <inheritdoc/>
    public override string ToText() => $"{NumberFormat.Of(Length)} tokens in {NumberFormat.Of(Bytes)} bytes";

    private ReadingStep Step(int tokens, double milliseconds, IReadOnlyList<float> logits) =>
        new(tokens, milliseconds, new Distribution(logits, _model.Tokenizer.Piece, _model.Tokenizer.IdOf));

    private Tensor One(int number) => tensor([(long)number], 1, 1, device: _model.Device);
}

/// <summary>One step of reading: how many tokens, how long it took, and what may come next.</summary>
public sealed class ReadingStep : Displayable
{
    internal ReadingStep(int tokens, double milliseconds, Distribution next) => (Tokens, Milliseconds, Next) = (tokens, milliseconds, next);

    /// <summary>How many tokens were read.</summary>
    public int Tokens { get; }

    /// <summary>How long the model took.</summary>
    public double Milliseconds { get; }

    /// <summary>What may come next.</summary>
    public Distribution Next { get; }

    /// <inheritdoc/>
    public override string ToHtml() =>
        Markup.Write(Markup.Display("A step", Markup.Html("p", Markup.Class("n"), Said))) + Next.ToHtml();

    /// <inheritdoc/>
    public override string ToText() => $"{Said}\n{Next.ToText()}";

    private string Said =>
        $"read {NumberFormat.Of(Tokens)} {(Tokens == 1 ? "token" : "tokens")} in {NumberFormat.Of(Math.Round(Milliseconds, 1))} ms";
}
