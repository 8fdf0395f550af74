using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Lessons.Displays.Components;

/// <summary>The settings of sampling as sliders over real logits: what each step leaves, and what is then drawn.</summary>
/// <example><code>SamplerBench(alice, "The capital of Italy is", watch: " Rome")</code></example>
[TypeFormatterSource(typeof(ComponentFormatterSource<SamplerBench>),
    PreferredMimeTypes = [ComponentMimeType.SamplerBench, MimeTypes.Html, MimeTypes.Text])]
public sealed class SamplerBench : Component
{
    private const int Kept = 200, Shown = 8;

    // The places of the slider. Each has its own sum over the tokens that are left out, so that nothing is estimated.
    private static readonly double[] Temperatures = [.. Enumerable.Range(2, 39).Select(step => step / 20.0)];

    private readonly string _prompt;
    private readonly Distribution _next;
    private readonly Func<int, string> _piece;
    private readonly int? _watch;

    /// <param name="prompt">The prompt in words.</param>
    /// <param name="next">What comes after it.</param>
    /// <param name="alice">Knows the tokens' texts.</param>
    /// <param name="watch">A token whose logit the reader may move; null: none.</param>
    /// <exception cref="ArgumentException">No token has that text.</exception>
    internal SamplerBench(string prompt, Distribution next, LessonModel alice, string? watch) : base("sampler-bench")
    {
        (_prompt, _next, _piece) = (prompt, next, alice.Model.Tokenizer.Piece);
        if (watch is null) return;
        _watch = alice.Model.Tokenizer.IdOf(watch) ?? throw new ArgumentException(
            $"No token is '{watch}'. A space before a word belongs to its token; alice.Tokens(text) shows the pieces of a text.",
            nameof(watch));
    }

    /// <inheritdoc/>
    public override string ToText() => $"After {VisibleText.Of(_prompt)}, before any setting:\n{_next.ToText()}";

    private protected override JsonObject Data()
    {
        var scores = _next.Scores;
        int[] ranked = [.. Enumerable.Range(0, scores.Count).OrderByDescending(id => scores[id]).ThenBy(id => id)];
        int[] listed = [.. ranked.Take(Kept).Concat(_watch is { } id ? [id] : []).Distinct()];
        var rest = ranked.Except(listed).ToArray();
        return new()
        {
            ["prompt"] = _prompt,
            ["candidates"] = Array(listed, id => new JsonArray(id, _piece(id), scores[id])),
            ["watch"] = _watch,
            ["vocabulary"] = scores.Count,
            ["temperatures"] = Array(Temperatures, temperature => temperature),
            ["rest"] = Array(Temperatures, temperature => Digits(RestAt(rest, (float)temperature), 7)),
        };
    }

    // The weights of all other tokens together, where the likeliest has 1.
    private double RestAt(int[] rest, float temperature)
    {
        var highest = _next.Scores.Max() / temperature;
        return rest.Sum(id => Math.Exp((_next.Scores[id] / temperature) - highest));
    }
}
