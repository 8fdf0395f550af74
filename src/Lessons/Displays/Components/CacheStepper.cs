using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Lessons.Displays.Components;

/// <summary>
/// The key-value cache of one answer, from the prefill through each decode step, and what comes next without one of its entries.
/// </summary>
/// <example><code>CacheStepper(alice, "The capital of Italy is", answerTokens: 6)</code></example>
[TypeFormatterSource(typeof(ComponentFormatterSource<CacheStepper>),
    PreferredMimeTypes = [ComponentMimeType.CacheStepper, MimeTypes.Html, MimeTypes.Text])]
public sealed class CacheStepper : Component
{
    private const int MostTokens = 96, Shown = 3;

    private readonly LessonModel _alice;
    private readonly int[] _ids;
    private readonly int _prompt;
    private readonly Lazy<Distribution> _next;
    private readonly Lazy<Distribution[]> _without;

    /// <param name="alice">The model.</param>
    /// <param name="prompt">Read in the prefill.</param>
    /// <param name="answerTokens">Written in the decode, at most; fewer where she ends her turn.</param>
    /// <exception cref="ArgumentException">Prompt and answer have more than 96 tokens, or the prompt has none.</exception>
    internal CacheStepper(LessonModel alice, string prompt, int answerTokens) : base("cache-stepper")
    {
        var ids = alice.Ids(prompt);
        if (ids.Length == 0 || ids.Length + answerTokens > MostTokens)
            throw new ArgumentException($"The prompt has {ids.Length} tokens and the answer may have {answerTokens}; a cache stepper " +
                $"shows from 1 to {MostTokens} together. Use a shorter prompt or fewer answerTokens.", nameof(prompt));
        (_alice, _prompt) = (alice, ids.Length);
        _ids = [.. ids, .. alice.Continue(prompt, answerTokens).Result.Tokens];
        _next = new(() => alice.AfterAll(_ids));
        _without = new(() => [.. Enumerable.Range(0, _ids.Length - 1).Select(Without)]);
    }

    /// <inheritdoc/>
    public override string ToText() =>
        $"Prefill: {_prompt} tokens at once, {_prompt} entries, {Bytes(_prompt)}.\n" +
        string.Concat(Enumerable.Range(_prompt, _ids.Length - _prompt).Select(at =>
            $"Decode: {VisibleText.Of(_alice.Model.Tokenizer.Piece(_ids[at]))}, {at + 1} entries, {Bytes(at + 1)}.\n")) +
        $"Next: {Line(_next.Value, Shown)}.\n" + string.Join('\n', _without.Value.Select((next, at) =>
            $"Without entry {at}, {VisibleText.Of(_alice.Model.Tokenizer.Piece(_ids[at]))}: {Line(next, Shown)}"));

    private protected override JsonObject Data()
    {
        var shape = _alice.Model.CacheShape;
        return new()
        {
            ["tokens"] = Array(_ids, id => _alice.Model.Tokenizer.Piece(id)),
            ["prompt"] = _prompt,
            ["layers"] = shape.Layers,
            ["heads"] = shape.KeyValueHeads,
            ["numbers"] = shape.HeadDim,
            ["numberBytes"] = NumberBytes,
            ["next"] = Candidates(_next.Value, Shown),
            ["without"] = Array(_without.Value, next => Candidates(next, Shown)),
        };
    }

    private string Bytes(int entries)
    {
        var shape = _alice.Model.CacheShape;
        return $"{NumberFormat.Of((double)entries * shape.Layers * 2 * shape.KeyValueHeads * shape.HeadDim * NumberBytes)} bytes";
    }

    private int NumberBytes
    {
        get
        {
            using var one = zeros(1, dtype: _alice.Model.Dtype);
            return (int)one.ElementSize;
        }
    }

    // An entry is dropped by a mask over the last query only. The entries behind it were computed while it was there, as in a real cache,
    // and keep what they took from it: the last token alone looks at a cache that lacks it.
    private Distribution Without(int entry)
    {
        using var scope = NewDisposeScope();
        var mask = zeros(1, 1, _ids.Length, _ids.Length, device: _alice.Model.Device);
        mask[0, 0, _ids.Length - 1, entry] = float.NegativeInfinity;
        return _alice.AfterAll(_ids, mask);
    }
}
