using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Tracing;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Lessons.Displays.Components;

/// <summary>Where every head of every layer looks in a text, and what comes next when one of them is switched off.</summary>
/// <example><code>AttentionViewer(alice, "The cat sat on the mat and the cat")</code></example>
[TypeFormatterSource(typeof(ComponentFormatterSource<AttentionViewer>),
    PreferredMimeTypes = [ComponentMimeType.AttentionViewer, MimeTypes.Html, MimeTypes.Text])]
public sealed class AttentionViewer : Component
{
    private const int MostTokens = 64, Shown = 5;

    private readonly LessonModel _alice;
    private readonly string _text;
    private readonly string[] _pieces;
    private readonly Lazy<Distribution> _next;
    private readonly Lazy<Distribution[][]> _without;
    private readonly Lazy<byte[]> _weights;

    /// <param name="alice">The model.</param>
    /// <param name="text">From 2 to 64 tokens.</param>
    /// <exception cref="ArgumentException">The text has fewer or more tokens.</exception>
    internal AttentionViewer(LessonModel alice, string text) : base("attention-viewer")
    {
        var ids = alice.Ids(text);
        if (ids.Length is < 2 or > MostTokens)
            throw new ArgumentException($"'{VisibleText.Shortened(text, 40)}' has {ids.Length} tokens; an attention viewer shows " +
                $"from 2 to {MostTokens}. Use another text.", nameof(text));
        (_alice, _text) = (alice, text);
        _pieces = [.. ids.Select(alice.Model.Tokenizer.Piece)];
        _next = new(() => alice.Next(text));
        _without = new(() => [.. Enumerable.Range(0, alice.Layers).Select(layer =>
            Enumerable.Range(0, alice.Heads).Select(head => alice.Without(layer, head).Next(text)).ToArray())]);
        _weights = new(() => Quantized(alice, ids));
    }

    /// <inheritdoc/>
    public override string ToText()
    {
        var changes =
            from layer in Enumerable.Range(0, _alice.Layers)
            from head in Enumerable.Range(0, _alice.Heads)
            let lost = _next.Value.Top(1)[0].Probability - _without.Value[layer][head][_next.Value.Likeliest]
            orderby Math.Abs(lost) descending
            select (layer, head);
        var rows = changes.Take(6).Select(one => new[]
        {
            $"layer {one.layer}, head {one.head}", MostSeen(one.layer, one.head), Line(_without.Value[one.layer][one.head], 2),
        });
        return $"After {VisibleText.Of(_text)} comes: {Line(_next.Value, Shown)}\nThe heads that matter most to it:\n" +
            TextTable.Write(["switched off", "the last token looks most at", "then comes"], [.. rows], [false, false, false]);
    }

    private protected override JsonObject Data() => new()
    {
        ["text"] = _text,
        ["tokens"] = Array(_pieces, piece => piece),
        ["layers"] = _alice.Layers,
        ["heads"] = _alice.Heads,
        ["weights"] = Convert.ToBase64String(_weights.Value),
        ["next"] = Candidates(_next.Value, Shown),
        ["without"] = Array(_without.Value, heads => Array(heads, next => Candidates(next, Shown))),
    };

    private string MostSeen(int layer, int head)
    {
        var time = _pieces.Length;
        var row = _weights.Value.AsSpan((((layer * _alice.Heads) + head) * time * time) + ((time - 1) * time), time).ToArray();
        var most = System.Array.IndexOf(row, row.Max());
        return $"{VisibleText.Of(_pieces[most])} {NumberFormat.Percent(row[most] / 255.0)}";
    }

    // [layers, heads, time, time], a byte each: round(255 x weight). The largest error is half a step, 0.2%.
    private static byte[] Quantized(LessonModel alice, int[] ids)
    {
        using var scope = NewDisposeScope();
        using var trace = new ActivationTrace("layers.*.self_attn.weights");
        alice.Logits(ids, trace);
        var all = cat([.. Enumerable.Range(0, alice.Layers).Select(layer => trace[$"layers.{layer}.self_attn.weights"])], 0);
        return (all.to(ScalarType.Float32) * 255).round().to(ScalarType.Byte).cpu().contiguous().data<byte>().ToArray();
    }
}
