using System.Numerics;
using LlmRabbitHoles.Lessons.Displays.Charts;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>
/// Attention weights: a row for each query, a column for each key. Weights that the causal mask hides stay blank.
/// </summary>
/// <example><code>AttentionMap.Of("Layer 0, head 1", trace["layers.0.self_attn.weights"][0, 1], pieces)</code></example>
public sealed partial class AttentionMap : Drawing
{
    private readonly HeatMapPlot _plot;

    private AttentionMap(HeatMapPlot plot) => _plot = plot;

    /// <summary>The weights of one head.</summary>
    /// <param name="title">Which layer and head.</param>
    /// <param name="weights">[queries, keys], each from 0 to 1. Fewer queries than keys: the queries are the last tokens.</param>
    /// <param name="pieces">[keys], the text of each token.</param>
    /// <exception cref="ArgumentException">The pieces do not match the keys, or a weight is not in 0 to 1.</exception>
    public static AttentionMap Of<T>(string title, T[,] weights, IEnumerable<string> pieces)
        where T : INumberBase<T> => From(title, Matrix.Of(weights), pieces);

    /// <summary>The weights of several heads as small maps beside each other.</summary>
    /// <param name="title">Which layer.</param>
    /// <param name="heads">For each head [queries, keys].</param>
    /// <param name="pieces">[keys], the text of each token.</param>
    /// <exception cref="ArgumentException">The pieces do not match the keys, or a weight is not in 0 to 1.</exception>
    public static AttentionHeads Heads(string title, IEnumerable<double[,]> heads, IEnumerable<string> pieces)
    {
        string[] names = [.. pieces];
        return new AttentionHeads(title, [.. heads.Select(head => Masked(head, names))], names);
    }

    /// <inheritdoc/>
    public override string ToText() => _plot.ToText();

    internal override Canvas Draw() => _plot.Draw();

    private static AttentionMap From(string title, double[,] weights, IEnumerable<string> pieces)
    {
        string[] names = [.. pieces];
        var shown = Masked(weights, names);
        string[] labels = [.. names.Select(VisibleText.Of)];
        return new AttentionMap(new HeatMapPlot(title, "keys: the tokens looked at",
            "queries: the tokens that look", shown, labels[(names.Length - shown.GetLength(0))..], labels, "of the attention").Checked());
    }

    /// <summary>The weights with NaN where a key lies after its query and has no weight.</summary>
    private static double[,] Masked(double[,] weights, string[] pieces)
    {
        var (queries, keys) = (weights.GetLength(0), weights.GetLength(1));
        PlotData.SameLength("weights (each row)", keys, "pieces", pieces.Length);
        if (queries > keys)
            throw new ArgumentException(
                $"The weights are [{queries}, {keys}]; there are more queries than keys. Rows must be queries, columns keys.",
                nameof(weights));
        var result = (double[,])weights.Clone();
        for (var query = 0; query < queries; query++)
        {
            for (var key = 0; key < keys; key++)
            {
                if (weights[query, key] is not (>= -1e-6 and <= 1 + 1e-3))
                    throw new ArgumentException($"weights[{query}, {key}] is {NumberFormat.Of(weights[query, key])}; " +
                        "an attention weight lies between 0 and 1. Take the weights after the softmax.", nameof(weights));
                if (weights[query, key] == 0 && key > query + keys - queries)
                    result[query, key] = double.NaN;
            }
        }

        return result;
    }
}
