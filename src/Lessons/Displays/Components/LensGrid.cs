using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Tracing;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Lessons.Displays.Components;

/// <summary>What each layer would say next, had the model ended there: a row for each layer, a column for each token.</summary>
/// <remarks>The logit lens: nostalgebraist 2020. The last layer's row is what the model says.</remarks>
/// <example><code>LensGrid(alice, "The capital of Italy is")</code></example>
[TypeFormatterSource(typeof(ComponentFormatterSource<LensGrid>),
    PreferredMimeTypes = [ComponentMimeType.LensGrid, MimeTypes.Html, MimeTypes.Text])]
public sealed class LensGrid : Component
{
    private const int MostTokens = 48, Shown = 3;

    private readonly string _text;
    private readonly string[] _pieces;
    private readonly Distribution[][] _says;    // [layers][tokens]

    /// <param name="alice">The model.</param>
    /// <param name="text">At most 48 tokens.</param>
    /// <exception cref="ArgumentException">The text is empty or longer.</exception>
    internal LensGrid(LessonModel alice, string text) : base("lens-grid")
    {
        var ids = alice.Ids(text);
        if (ids.Length is 0 or > MostTokens)
            throw new ArgumentException($"'{VisibleText.Shortened(text, 40)}' has {ids.Length} tokens; a lens grid shows from 1 to " +
                $"{MostTokens}. Use another text.", nameof(text));
        (_text, _pieces) = (text, [.. ids.Select(alice.Model.Tokenizer.Piece)]);
        using var scope = NewDisposeScope();
        using var trace = new ActivationTrace("layers.*.logits");
        alice.Logits(ids, trace);
        _says = [.. Enumerable.Range(0, alice.Layers).Select(layer => alice.Distributions(trace[$"layers.{layer}.logits"]))];
    }

    /// <inheritdoc/>
    public override string ToText()
    {
        var rows = _says.Select((row, layer) => new[]
        {
            $"layer {layer}", Named(row[^1].Top(1)[0]), NumberFormat.Of(row[^1].RankOf(_says[^1][^1].Likeliest)),
        });
        return $"After {VisibleText.Of(_text)}\n" +
            TextTable.Write(["", "would say", $"rank of {VisibleText.Of(_says[^1][^1].Likeliest)}"], [.. rows], [false, false, true]);
    }

    private protected override JsonObject Data() => new()
    {
        ["text"] = _text,
        ["tokens"] = Array(_pieces, piece => piece),
        ["says"] = Array(_says, row => Array(row, next => Candidates(next, Shown))),
        ["ranks"] = Array(_says, row => Array(row.Index(), one => one.Item.RankOf(_says[^1][one.Index].Likeliest))),
    };
}
